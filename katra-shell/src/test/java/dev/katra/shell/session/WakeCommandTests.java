package dev.katra.shell.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Actor;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.room.NewMessage;
import dev.katra.core.room.RoomService;
import dev.katra.core.session.ClaimedSession;
import dev.katra.core.session.ModelSource;
import dev.katra.core.session.Place;
import dev.katra.core.session.SessionClaim;
import dev.katra.core.session.SessionClient;
import dev.katra.core.session.SessionPurpose;
import dev.katra.core.session.SessionService;
import dev.katra.core.session.SessionState;
import dev.katra.core.session.WakePolicy;
import dev.katra.core.testing.TestStore;
import dev.katra.core.wake.WakeOutcome;
import dev.katra.core.wake.WakeService;
import dev.katra.shell.console.OutputFormat;
import dev.katra.shell.testing.TestCaller;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WakeCommandTests {

    @TempDir
    Path home;

    private TestStore store;
    private SessionService sessions;
    private PersonaService personas;
    private WakeCommand wake;
    private long sam;

    @BeforeEach
    void open() {
        store = TestStore.open(home);
        sessions = store.bean(SessionService.class);
        personas = store.bean(PersonaService.class);
        ClaimedSession claimed = sessions.claim(new SessionClaim(
                "Sam",
                new ModelSource("demo", null, "direct"),
                Place.TMUX,
                home,
                new SessionPurpose(WakePolicy.ALL),
                new SessionClient("conversation", false)));
        sam = claimed.session().id();
        sessions.changeState(sam, SessionState.IDLE);
        wake = new WakeCommand(personas, sessions, store.bean(WakeService.class), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void showsWhatWakesASession() {
        assertThat(wake("sam", null, false, false))
                .isEqualTo("Sam is woken by all it can hear (all); 0 of 20 automatic turns used in the last hour\n");
        assertThat(wake("Sam", null, false, true))
                .isEqualTo(
                        "{\"persona\":\"Sam\",\"wake\":\"all\",\"turns\":{\"used\":0,\"limit\":20,\"next\":null}}\n");
    }

    @Test
    void setsWhatWakesIt() {
        assertThat(wake("Sam", "never", false, false)).startsWith("Sam is woken by no mail (never);");

        assertThat(sessions.find(sam).orElseThrow().purpose().wake()).isEqualTo(WakePolicy.NEVER);
    }

    @Test
    void givesTheTurnsBack() {
        store.bean(RoomService.class)
                .say(Actor.human(personas.ensure("Ada", true)), NewMessage.to(List.of("Sam"), "wake up"), null);
        WakeService wakes = store.bean(WakeService.class);
        for (int turn = 0; turn < 20; turn++) {
            assertThat(wakes.tryCharge(sam, false)).isEqualTo(WakeOutcome.WAKE);
        }
        assertThat(wake("Sam", null, false, false))
                .contains("20 of 20 automatic turns used in the last hour, the next in 59m");

        assertThat(wake("Sam", null, true, false)).contains("; 0 of 20 automatic turns used");

        assertThat(wakes.tryCharge(sam, false)).isEqualTo(WakeOutcome.WAKE);
    }

    @Test
    void aSessionThatIsNotThereCannotBeSet() {
        assertThat(failure("Same", null).text()).contains("\"Same\"");
        assertThat(failure("Sam", "sometimes").text()).isEqualTo("\"sometimes\" is not one of direct, all, never");
        sessions.end(sam, "over");
        assertThat(failure("Sam", "all").text()).isEqualTo("Sam is not running");
        assertThat(failure("Sam", "all").hint()).contains("katra resume Sam, or katra list");
    }

    private Failure failure(String persona, @Nullable String policy) {
        return catchThrowableOfType(Failure.class, () -> wake(persona, policy, false, false));
    }

    private String wake(String persona, @Nullable String policy, boolean reset, boolean json) {
        TestCaller caller = TestCaller.of("wake");
        wake.wake(caller.caller(), persona, policy, reset, new OutputFormat(json));
        return caller.out();
    }
}
