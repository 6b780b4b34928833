package dev.katra.shell.semantic;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The model and what runs it, in one folder that is there whole or not at all. */
record ModelFiles(Path folder) {

    /** Where the home keeps those that the lock file names. */
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

    /** The runtime's classes. */
    Path runtime() {
        return folder.resolve("onnxruntime.jar");
    }

    boolean present() {
        return Files.isDirectory(folder);
    }

    /** What it takes of the disk. */
    long bytes() {
        if (!present()) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder)) {
            long bytes = 0;
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        } catch (IOException e) {
            throw Failure.unavailable("cannot read " + folder).cause(e);
        }
    }
}
