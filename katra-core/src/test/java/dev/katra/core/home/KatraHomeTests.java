package dev.katra.core.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.katra.core.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KatraHomeTests {

    @TempDir
    private Path folder;

    @Test
    void isNamedByTheVariableElseBelowTheUsersHome() {
        assertThat(KatraHome.of(Map.of("KATRA_HOME", "/a/b", "HOME", "/u")).root())
                .isEqualTo(Path.of("/a/b"));
        assertThat(KatraHome.of(Map.of("KATRA_HOME", " ", "HOME", "/u")).root()).isEqualTo(Path.of("/u/.katra"));
    }

    @Test
    void isNeverTheUsersOwnFolderOrOneAroundIt() throws IOException {
        Path user = Files.createDirectories(folder.resolve("people/ada"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), user);
        for (Path named : new Path[] {user, user.getParent(), link, user.resolve("x/..")}) {
            Map<String, String> environment = Map.of("KATRA_HOME", named.toString(), "HOME", user.toString());
            assertThatThrownBy(() -> KatraHome.of(environment))
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.code()).isEqualTo(Failure.Code.INVALID));
        }
        assertThat(KatraHome.of(Map.of("KATRA_HOME", user + "/k", "HOME", link.toString()))
                        .root())
                .isEqualTo(user.resolve("k"));
    }

    @Test
    void isClosedToOthersAndKeepsWhatLiesThere() throws IOException {
        Path root = Files.createDirectory(folder.resolve("home"));
        Path foreign = Files.writeString(root.resolve("of-somebody-else"), "stays");
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));

        new KatraHome(root).create();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
                .isEqualTo("rwx------");
        assertThat(foreign).hasContent("stays");
    }

    @ParameterizedTest
    @ValueSource(strings = {"user.home", "java.io.tmpdir"})
    void refusesAFolderThatOthersNeedOpen(String property) {
        KatraHome home = new KatraHome(Path.of(System.getProperty(property)));

        assertThatThrownBy(home::create).isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.code())
                .isEqualTo(Failure.Code.INVALID));
    }
}
