package dev.katra.launcher.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaudeBinaryTests {

    @TempDir
    Path folder;

    @Test
    void theNamedOneCountsBeforeThePathAndThePathBeforeOurs() throws Exception {
        var home = new KatraHome(folder.resolve("home"));
        Path named = executable(folder.resolve("named/claude-dev"));
        Path onPath = executable(folder.resolve("bin/claude"));
        Path ours = executable(ClaudePackage.ofThisMachine()
                .binaryIn(ClaudeBinary.installations(home).resolve(ClaudePackage.pinnedVersion())));
        String path = folder.resolve("bin").toString();

        assertThat(ClaudeBinary.find(home, Map.of("PATH", path, "KATRA_CLAUDE", "named/claude-dev"), folder))
                .contains(new ClaudeBinary(named, ClaudeBinary.ClientOrigin.NAMED));
        assertThat(ClaudeBinary.find(home, Map.of("PATH", path), folder))
                .contains(new ClaudeBinary(onPath, ClaudeBinary.ClientOrigin.PATH));
        assertThat(ClaudeBinary.find(home, Map.of("PATH", "/nowhere"), folder))
                .contains(new ClaudeBinary(ours, ClaudeBinary.ClientOrigin.INSTALLED));
        assertThat(ClaudeBinary.find(new KatraHome(folder.resolve("other")), Map.of(), folder))
                .isEmpty();
    }

    @Test
    void aNamedOneThatCannotBeRunIsAFailureRatherThanPassedOver() throws Exception {
        executable(folder.resolve("bin/claude"));
        var environment = Map.of("PATH", folder.resolve("bin").toString(), "KATRA_CLAUDE", "/no/claude");

        Failure failure = catchThrowableOfType(
                Failure.class, () -> ClaudeBinary.find(new KatraHome(folder), environment, folder));

        assertThat(failure.text()).contains("KATRA_CLAUDE").contains("/no/claude");
    }

    static Path executable(Path file) throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
