package dev.katra.shell.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that say what the program prints. {@code -Dgolden.rewrite=true} writes them anew. */
public final class Golden {

    private Golden() {}

    /** Fails if the text is not the file's. */
    public static void check(Path file, String text) throws IOException {
        if (Boolean.getBoolean("golden.rewrite")) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text);
        }
        assertThat(file)
                .as("a golden file, which -Dgolden.rewrite=true writes anew")
                .exists();
        assertThat(text).as("%s, which -Dgolden.rewrite=true writes anew", file).isEqualTo(Files.readString(file));
    }

    /** A file of this module's. */
    public static Path file(String name) {
        return Path.of("src/test/resources/golden").resolve(name);
    }
}
