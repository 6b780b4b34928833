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

        SessionTraces.deleteAllButTrace(session, NOW);

        assertThat(session.resolve("trace/1.json")).exists();
        assertThat(session.toFile().list()).containsExactly("trace");
    }

    @Test
    void aTraceIsKeptForSevenDays() throws IOException {
        Path almost = session(NOW.minus(Duration.ofDays(7)).plusSeconds(1));
        SessionTraces.deleteAllButTrace(almost, NOW);
        assertThat(almost.resolve("trace/1.json")).exists();

        Path old = session(NOW.minus(Duration.ofDays(7)).minusSeconds(1));
        SessionTraces.deleteAllButTrace(old, NOW);
        assertThat(old).doesNotExist();
    }

    @Test
    void withoutATraceNothingStays() throws IOException {
        Path session = session(NOW);
        Files.delete(session.resolve("trace/1.json"));

        SessionTraces.deleteAllButTrace(session, NOW);

        assertThat(session).doesNotExist();
    }

    @Test
    void aTraceThatIsStillWrittenLosesWhatIsSevenDaysOld() throws IOException {
        Path session = session(NOW);
        Path old = Files.writeString(session.resolve("trace/0.json"), "{}");
        Files.setLastModifiedTime(old, FileTime.from(NOW.minus(Duration.ofDays(7))));
        Files.setLastModifiedTime(session.resolve("trace/1.json"), FileTime.from(NOW.minus(Duration.ofDays(6))));

        SessionTraces.deleteExpired(session, NOW);

        assertThat(session.resolve("trace").toFile().list()).containsExactly("1.json");
        assertThat(session.resolve("settings.json")).exists();
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
