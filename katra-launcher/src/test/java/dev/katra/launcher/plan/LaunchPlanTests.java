package dev.katra.launcher.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchPlanTests {

    @TempDir
    Path sessions;

    @Test
    void aPlanIsForItsOwnerOnly() throws Exception {
        Path file = plan().write(sessions.resolve("one"));

        assertThat(file).isEqualTo(sessions.resolve("one/plan"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void aLeftoverIsReplacedRatherThanWrittenInto() throws Exception {
        Path elsewhere = Files.writeString(sessions.resolve("elsewhere"), "untouched");
        Files.createDirectories(sessions.resolve("one"));
        Files.createSymbolicLink(sessions.resolve("one/plan"), elsewhere);

        Path file = plan().write(sessions.resolve("one"));

        assertThat(elsewhere).hasContent("untouched");
        assertThat(Files.isSymbolicLink(file)).isFalse();
    }

    @Test
    void saysNothingOfWhatItHolds() {
        assertThat(plan().toString()).doesNotContain("sk-secret").doesNotContain("prompt");
    }

    @Test
    void refusesWhatTheStubCouldNotCarryOut() {
        Path root = Path.of("/");
        assertThatThrownBy(() -> new LaunchPlan(Map.of(), List.of("claude"), root))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LaunchPlan(Map.of(), List.of("/claude"), Path.of("relative")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ShellQuote.quote("a\0b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyPlansThatWaitedTooLongAreSwept() throws Exception {
        Instant now = Instant.parse("2026-11-23T12:00:00Z");
        Path old = plan().write(sessions.resolve("old"));
        Path fresh = plan().write(sessions.resolve("fresh"));
        Files.setLastModifiedTime(old, FileTime.from(now.minusSeconds(61)));
        Files.setLastModifiedTime(fresh, FileTime.from(now.minusSeconds(59)));
        Path other = Files.writeString(sessions.resolve("old/settings.json"), "{}");
        Files.setLastModifiedTime(other, FileTime.from(now.minusSeconds(600)));

        assertThat(LaunchPlans.sweep(sessions, Duration.ofSeconds(60), now)).isEqualTo(1);

        assertThat(old).doesNotExist();
        assertThat(fresh).exists();
        assertThat(other).exists();
        assertThat(LaunchPlans.sweep(sessions.resolve("missing"), Duration.ZERO, now))
                .isZero();
    }

    private static LaunchPlan plan() {
        return new LaunchPlan(Map.of("KEY", "sk-secret"), List.of("/bin/true", "prompt"), Path.of("/"));
    }
}
