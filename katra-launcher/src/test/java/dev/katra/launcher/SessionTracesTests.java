package dev.katra.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionTracesTests {

    private static final Instant NOW = Instant.parse("2026-11-03T10:00:00Z");

    @TempDir
    Path home;

    @Test
    void aTraceOutlivesItsSessionAndNothingElseDoes() throws IOException {
        Path session = session(NOW);

        SessionTraces.deleteAllBut(session, NOW);

        assertThat(session.resolve("trace/1.json")).exists();
        assertThat(session.toFile().list()).containsExactly("trace");
    }

    @Test
    void aTraceIsKeptForSevenDays() throws IOException {
        Path almost = session(NOW.minus(Duration.ofDays(7)).plusSeconds(1));
        SessionTraces.deleteAllBut(almost, NOW);
        assertThat(almost.resolve("trace/1.json")).exists();

        Path old = session(NOW.minus(Duration.ofDays(7)).minusSeconds(1));
        SessionTraces.deleteAllBut(old, NOW);
        assertThat(old).doesNotExist();
    }

    @Test
    void withoutATraceNothingStays() throws IOException {
        Path session = session(NOW);
        Files.delete(session.resolve("trace/1.json"));

        SessionTraces.deleteAllBut(session, NOW);

        assertThat(session).doesNotExist();
    }

    private Path session(Instant lastWritten) throws IOException {
        Path session = Files.createTempDirectory(home, "session");
        Path trace = Files.createDirectories(session.resolve("trace"));
        Files.writeString(session.resolve("settings.json"), "{}");
        Files.writeString(trace.resolve("1.json"), "{}");
        Files.setLastModifiedTime(trace, FileTime.from(lastWritten));
        return session;
    }
}
