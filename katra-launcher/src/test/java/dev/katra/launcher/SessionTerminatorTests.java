package dev.katra.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.core.session.Session;
import dev.katra.core.testing.TestStore;
import dev.katra.launcher.process.LiveProcess;
import dev.katra.launcher.process.LocalProcessRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SessionTerminatorTests {

    @TempDir
    Path folder;

    private TestStore store;
    private SessionTerminator ends;

    @SuppressWarnings("NullAway.Init")
    private Process process;

    @BeforeEach
    void open() {
        store = TestStore.open(folder);
        ends = new SessionTerminator(store.home(), store.sessions(), new LocalProcessRunner(), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        store.close();
        process.destroyForcibly();
    }

    @Test
    void aStrangerThatWasGivenThePidIsNotEnded() throws IOException {
        String mark = begin("sleep", "60").mark();
        for (String left : new String[] {process.pid() + " 1" + mark, String.valueOf(process.pid())}) {
            Session session = claimed("Sam");
            Path file =
                    KatraHome.privateFolder(store.home().session(session.uid())).resolve("pid");
            Files.writeString(file, left + "\n");
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(3600)));

            ends.end(session, caller());

            assertThat(process.isAlive()).as(left).isTrue();
            assertThat(store.sessions().find(session.id())).map(Session::live).contains(false);
        }
    }

    @Test
    void theSessionsOwnProcessIsEnded() throws Exception {
        LiveProcess own = begin("sleep", "60");
        Session session = claimed("Sam");
        Path file = KatraHome.privateFolder(store.home().session(session.uid())).resolve("pid");
        Files.writeString(file, own.pid() + " " + own.mark() + "\n");

        ends.end(session, caller());

        assertThat(process.waitFor()).isNotZero();
    }

    /** A folder in the place of a file cannot be read, as no file can when no more may be open. */
    @Test
    void aSessionWhoseProcessIsNotKnownIsNotEnded() throws IOException {
        begin("sleep", "60");
        Session session = claimed("Sam");
        Path files = KatraHome.privateFolder(store.home().session(session.uid()));
        Files.createDirectory(files.resolve("pid"));

        assertThatThrownBy(() -> ends.end(session, caller()))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("cannot read " + files.resolve("pid"));

        assertThat(found(session).live()).isTrue();
        assertThat(files).isDirectory();
    }

    @Test
    void aSessionThatAnOlderVersionStartedLivesOnAfterTheClockWasSet() throws IOException {
        Session session = claimed("Sam");
        begin(
                "/bin/sh",
                "-c",
                "sleep 60; :",
                "--settings=/home/ada/.katra/sessions/" + session.uid() + "/settings.json");
        older(session, process.pid(), Instant.now().minusSeconds(3600));

        assertThat(ends.mayRun(found(session))).isTrue();

        assertThat(found(session).process().pidMark())
                .isEqualTo(LiveProcess.of(process.pid()).orElseThrow().mark());
        assertThat(ends.mayRun(found(session))).isTrue();
    }

    @Test
    void aStrangerIsNotTakenForASessionThatAnOlderVersionStarted() throws IOException {
        Session session = claimed("Sam");
        begin("sleep", "60");
        older(session, process.pid(), Instant.now().minusSeconds(3600));

        assertThat(ends.mayRun(found(session))).isFalse();
        ends.end(found(session), caller());
        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void aProcessOfAnotherStartOfTheMachineIsGone() throws IOException {
        Session session = claimed("Sam");
        LiveProcess live = begin("sleep", "60");
        store.sessions().recordProcess(session.id(), live.pid(), live.mark() + "-other", null, null);

        assertThat(ends.mayRun(found(session))).isFalse();
        store.sessions().recordProcess(session.id(), live.pid(), live.mark(), null, null);
        assertThat(ends.mayRun(found(session))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {-400, 400})
    void aClockThatWasSetMeanwhileChangesNothing(long days) throws IOException {
        Session session = claimed("Sam");
        LiveProcess live = begin("sleep", "60");
        store.sessions().recordProcess(session.id(), live.pid(), live.mark(), null, null);
        Path files = KatraHome.privateFolder(store.home().session(session.uid()));
        SessionTerminator later = new SessionTerminator(
                store.home(),
                store.sessions(),
                new LocalProcessRunner(),
                Clock.offset(Clock.systemUTC(), Duration.ofDays(days)));

        later.sweep(store.sessions().live());

        assertThat(later.mayRun(found(session))).isTrue();
        assertThat(files).isDirectory();
        later.end(found(session), caller());
        assertThat(process.isAlive()).isFalse();
        assertThat(files).doesNotExist();
    }

    private LiveProcess begin(String... words) throws IOException {
        process = new ProcessBuilder(words).start();
        return LiveProcess.of(process.pid()).orElseThrow();
    }

    private Session claimed(String persona) {
        return store.sessions().claim(TestStore.claim(persona)).session();
    }

    private Session found(Session session) {
        return store.sessions().find(session.id()).orElseThrow();
    }

    /** What an older version has stored. */
    private void older(Session session, long pid, Instant startedAt) {
        store.writes().run(() -> store.jdbc()
                .sql("UPDATE session SET pid = ?, pid_started_at = ?, pid_mark = NULL WHERE id = ?")
                .params(pid, startedAt.toEpochMilli(), session.id())
                .update());
    }

    private LaunchCaller caller() {
        return new LaunchCaller(Map.of("PATH", System.getenv("PATH")), folder, note -> {});
    }
}
