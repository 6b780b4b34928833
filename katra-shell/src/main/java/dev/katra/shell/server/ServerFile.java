package dev.katra.shell.server;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.core.home.PrivateFiles;
import dev.katra.launcher.process.LiveProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A ServerFile is what the home knows of its server. The file outlives the server, so that the port stays the home's.
 *
 * @param startedAt when the process started, in epoch milliseconds, as the clock was then
 * @param mark what tells the process from a later one with the same pid; null from an older version
 */
public record ServerFile(long pid, long startedAt, @Nullable String mark, int port, String version) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * Reads the file of the home; empty if there is none, or if it holds something else.
     *
     * @throws Failure UNAVAILABLE if there is a file that cannot be read; the home's port stands in it
     */
    public static Optional<ServerFile> read(KatraHome home) {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(home.serverFile()), ServerFile.class));
        } catch (NoSuchFileException | JacksonException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw Failure.unavailable("cannot read " + home.serverFile() + ": " + e.getMessage())
                    .hint(Failure.DISK)
                    .cause(e);
        }
    }

    /** Replaces the file of the home. */
    public void write(KatraHome home) {
        PrivateFiles.write(home.serverFile(), JSON.writeValueAsString(this));
    }

    /** Returns the process that the file names, if it runs or may run. */
    Optional<LiveProcess> process(KatraHome home) {
        if (mark != null) {
            return Optional.of(new LiveProcess(pid, mark)).filter(LiveProcess::mayRun);
        }
        // The clock may have been set since; but the process names its home.
        LiveProcess noted = LiveProcess.startedAt(pid, Instant.ofEpochMilli(startedAt));
        if (noted.mayRun()) {
            return Optional.of(LiveProcess.of(pid).orElse(noted));
        }
        return LiveProcess.commandLineContains(pid, "-Djava.io.tmpdir=" + home.run() + " ")
                ? LiveProcess.of(pid)
                : Optional.empty();
    }

    /** Returns the address that sessions use. */
    public String uri() {
        return "http://127.0.0.1:" + port;
    }
}
