package dev.katra.shell.semantic;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** ModelFiles are the model and its runtime, in one folder that is there whole or not at all. */
record ModelFiles(Path folder) {

    /** Returns the folder in which the home keeps the artifacts that the lock file names. */
    static ModelFiles of(KatraHome home, List<Artifact> artifacts) {
        String versions = artifacts.stream().map(Artifact::version).collect(Collectors.joining("-"));
        return new ModelFiles(home.semantic().resolve("e5-small-v2-q-" + versions));
    }

    Path model() {
        return folder.resolve("model.onnx");
    }

    Path tokenizer() {
        return folder.resolve("tokenizer.json");
    }

    /** Returns the jar of the runtime's classes. */
    Path runtime() {
        return folder.resolve("onnxruntime.jar");
    }

    boolean isPresent() {
        return Files.isDirectory(folder);
    }

    /** Returns the size of the files on the disk, in bytes. */
    long bytes() {
        if (!isPresent()) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder)) {
            long bytes = 0;
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        } catch (IOException e) {
            throw Failure.unavailable("cannot read " + folder)
                    .hint(Failure.DISK)
                    .cause(e);
        }
    }
}
