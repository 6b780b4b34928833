package dev.katra.shell.proof;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds texts in files, whatever their format. */
final class Traces {

    private Traces() {}

    /** The files below a folder that hold one of the texts; a file that vanishes meanwhile holds none. */
    static List<Path> of(List<String> texts, Path folder) throws IOException {
        List<Path> holding = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = content(file);
                if (texts.stream().anyMatch(content::contains)) {
                    holding.add(file);
                }
            }
        }
        return holding;
    }

    private static String content(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
