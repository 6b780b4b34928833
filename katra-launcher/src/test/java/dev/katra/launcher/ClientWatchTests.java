package dev.katra.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.session.Session;
import dev.katra.core.session.SessionState;
import dev.katra.core.testing.TestClock;
import dev.katra.core.testing.TestStore;
import dev.katra.launcher.agent.Agents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientWatchTests {

    private static final int PID = 4711;

    private final TestClock clock = new TestClock();

    @TempDir
    Path folder;

    private TestStore store;
    private ClientWatch watch;
    private long sam;

    @BeforeEach
    void open() {
        store = TestStore.open(folder, clock);
        watch = new ClientWatch(Agents.standard(), store.sessions(), clock);
        sam = Objects.requireNonNull(store.session("Sam").sessionId());
        store.sessions().recordClientFolder(sam, folder.resolve("claude"));
        working();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aDialogThatNoHookTellsOfIsSeenAndSoIsItsEnd() throws IOException {
        says("waiting", "dialog open");
        assertThat(look().progress().state()).isEqualTo(SessionState.WAITING);
        assertThat(look().progress().dialog()).isEqualTo("a dialog");

        says("busy", null);
        assertThat(look().progress().state()).isEqualTo(SessionState.WORKING);
        assertThat(look().progress().dialog()).isNull();
    }

    @Test
    void whatTheHooksSayOfADialogIsNotReplaced() throws IOException {
        store.sessions().recordDialog(sam, "permission for Bash", true);
        says("waiting", "permission prompt");

        assertThat(look().progress().dialog()).isEqualTo("permission for Bash");
    }

    @Test
    void anInterruptedTurnAndADeniedDialogEndInRest() throws IOException {
        says("idle", null);
        assertThat(look().progress().state())
                .as("between two turns a client is idle for a moment")
                .isEqualTo(SessionState.WORKING);
        clock.advance(Duration.ofSeconds(1));
        assertThat(look().progress().state()).isEqualTo(SessionState.IDLE);

        store.sessions().recordDialog(sam, "permission for Bash", true);
        says("idle", null);
        clock.advance(Duration.ofSeconds(1));
        assertThat(look().progress().state()).isEqualTo(SessionState.IDLE);
    }

    @Test
    void whatIsOlderThanTheLastHookChangesNothing() throws IOException {
        says("idle", null);
        clock.advance(Duration.ofSeconds(1));
        store.sessions().recordTurnEnd(sam);
        working();

        assertThat(look().progress().state()).isEqualTo(SessionState.WORKING);
        says("busy", null);
        clock.advance(Duration.ofSeconds(1));
        store.sessions().recordTurnEnd(sam);
        assertThat(look().progress().state()).isEqualTo(SessionState.IDLE);
        says("busy", null);
        assertThat(look().progress().state())
                .as("that a turn begins is the hooks' to tell: a sub-agent in the background is busy too")
                .isEqualTo(SessionState.IDLE);
    }

    @Test
    void aRestThatOnlyTheFileToldOfEndsByTheFile() throws IOException {
        says("idle", null);
        clock.advance(Duration.ofSeconds(1));
        assertThat(look().progress().state()).isEqualTo(SessionState.IDLE);

        says("busy", null);
        assertThat(look().progress().state()).isEqualTo(SessionState.WORKING);
    }

    @Test
    void aFileOfAnotherProcessOrNoneOrHalfAFileTellsNothing() throws IOException {
        assertThat(look().progress().state()).isEqualTo(SessionState.WORKING);
        write("{\"status\":\"waiting\",\"statusUpdatedAt\":" + clock.millis() + ",\"procStart\":\"77\"}");
        assertThat(look().progress().state()).isEqualTo(SessionState.WORKING);
        write("{\"status\":\"wait");
        assertThat(look().progress().state()).isEqualTo(SessionState.WORKING);
        write("{\"status\":\"dreaming\",\"statusUpdatedAt\":" + clock.millis() + "}");
        assertThat(look().progress().state()).isEqualTo(SessionState.WORKING);

        says("waiting", null);
        watch.keepOnly(List.of());
        assertThat(look().progress().state()).isEqualTo(SessionState.WAITING);
    }

    private void working() {
        store.sessions().changeState(sam, SessionState.WORKING);
    }

    private Session look() {
        watch.poll(store.sessions().find(sam).orElseThrow());
        return store.sessions().find(sam).orElseThrow();
    }

    /** The client writes its file, a moment after whatever was before. */
    private void says(String status, @Nullable String waitingFor) throws IOException {
        clock.advance(Duration.ofMillis(10));
        write("{\"pid\":" + PID + ",\"procStart\":\"1\",\"status\":\"" + status + "\",\"statusUpdatedAt\":"
                + clock.millis() + (waitingFor == null ? "" : ",\"waitingFor\":\"" + waitingFor + "\"") + "}");
    }

    private void write(String text) throws IOException {
        Path file = Agents.standard().statusFile(folder.resolve("claude"), PID);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Instant at = clock.instant();
        Files.setLastModifiedTime(file, FileTime.from(at));
        clock.advance(Duration.ofMillis(10));
    }
}
