package dev.katra.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.home.KatraHome;
import dev.katra.core.session.Session;
import dev.katra.core.session.SessionService;
import dev.katra.core.session.SessionWatch;
import dev.katra.core.testing.TestClock;
import dev.katra.core.testing.TestStore;
import dev.katra.launcher.agent.Agent;
import dev.katra.launcher.agent.Agents;
import dev.katra.launcher.process.LiveProcess;
import dev.katra.launcher.process.LocalProcessRunner;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of live sessions when the launcher looks at them. */
@Timeout(60)
class LauncherTests {

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private TestStore store;
    private Launcher launcher;

    @BeforeEach
    void open() {
        store = TestStore.open(folder, clock);
        LocalProcessRunner processes = new LocalProcessRunner();
        Agent agent = Agents.standard();
        launcher = new Launcher(
                agent,
                store.home(),
                () -> URI.create("http://127.0.0.1:1"),
                store.sessions(),
                store.personas(),
                processes,
                new StartAwaiter(agent, store.sessions(), store.bean(SessionWatch.class)),
                new SessionTerminator(store.home(), store.sessions(), processes, clock),
                new ClientWatch(agent, store.sessions(), clock));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aClaimWithoutAProcessEndsInTime() {
        Session session = claimed("Sam");
        clock.advance(SessionService.CLAIM_TIMEOUT.plusSeconds(1));

        launcher.checkProcess(store.sessions().live());

        assertThat(found(session).live()).isFalse();
    }

    /** A folder in the place of a file cannot be read, as no file can when no more may be open. */
    @Test
    void aClaimWhoseProcessIsNotKnownGoesOnAndOthersAreLookedAt() throws IOException {
        Session unknown = claimed("Sam");
        Path pid = KatraHome.privateFolder(store.home().session(unknown.uid())).resolve("pid");
        Files.createDirectory(pid);
        Session known = claimed("Kim");
        Session abandoned = claimed("Ann");
        LiveProcess self = LiveProcess.of(ProcessHandle.current().pid()).orElseThrow();
        Files.writeString(
                KatraHome.privateFolder(store.home().session(known.uid())).resolve("pid"),
                self.pid() + " " + self.mark() + "\n");
        clock.advance(SessionService.CLAIM_TIMEOUT.plusSeconds(1));

        launcher.checkProcess(store.sessions().live());

        assertThat(found(unknown).live()).isTrue();
        assertThat(found(abandoned).live()).isFalse();
        assertThat(found(known).process().pid()).isEqualTo(self.pid());
        Files.delete(pid);
        launcher.checkProcess(store.sessions().live());
        assertThat(found(unknown).live()).isFalse();
        assertThat(found(known).live()).isTrue();
    }

    private Session claimed(String persona) {
        return store.sessions().claim(TestStore.claim(persona)).session();
    }

    private Session found(Session session) {
        return store.sessions().find(session.id()).orElseThrow();
    }
}
