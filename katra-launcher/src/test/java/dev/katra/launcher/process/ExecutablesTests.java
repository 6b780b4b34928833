package dev.katra.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutablesTests {

    @TempDir
    Path folder;

    @Test
    void takesTheFirstThatMayBeExecuted() throws Exception {
        Path plain = Files.createDirectories(folder.resolve("plain"));
        Files.writeString(plain.resolve("tool"), "");
        Files.createDirectories(folder.resolve("dir/tool"));
        Path first = executable(folder.resolve("first/tool"));
        executable(folder.resolve("second/tool"));

        String path = folder.resolve("missing") + "::relative:" + plain + ":" + folder.resolve("dir") + ":"
                + first.getParent() + ":" + folder.resolve("second");

        assertThat(Executables.find("tool", Map.of("PATH", path))).contains(first);
    }

    @Test
    void findsNothingWithoutAPath() {
        assertThat(Executables.find("sh", Map.of())).isEmpty();
    }

    private static Path executable(Path file) throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr--r--"));
    }
}
