package dev.katra.mcp.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.persona.Actor;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.room.NewMessage;
import dev.katra.core.room.RoomService;
import dev.katra.core.session.ClaimedSession;
import dev.katra.core.session.SessionService;
import dev.katra.core.session.SessionState;
import dev.katra.core.session.WakePolicy;
import dev.katra.core.wake.WakeOutcome;
import dev.katra.core.wake.WakeService;
import dev.katra.mcp.RunningServer;
import dev.katra.mcp.TestClient;
import dev.katra.mcp.TestTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What katra_say tells of those whom the message does not wake. */
class SayToolTests {

    @TempDir
    Path home;

    RunningServer server;
    TestClient ann;

    @BeforeEach
    void start() {
        server = RunningServer.start(home, 0, Map.of("katra.wake.turns-per-hour", "1"), TestTime.class);
        ann = TestClient.of(server, "Ann");
    }

    @AfterEach
    void stop() {
        ann.close();
        server.close();
    }

    @Test
    void namesWhomItDoesNotWakeAndWhy() {
        away("Gone");
        PersonaService personas = server.bean(PersonaService.class);
        personas.noteArrival(personas.ensure("Paula", true).id());
        sessions().setWakePolicy(session("Quiet").session().id(), WakePolicy.NEVER);
        spend(session("Tired"));
        sessions().changeState(session("Deaf").session().id(), SessionState.IDLE);
        sessions().changeState(session("Busy").session().id(), SessionState.WORKING);
        server.bean(TestTime.Tasks.class).advance(Duration.ofMinutes(1));

        List<String> all = List.of("Gone", "Paula", "Quiet", "Tired", "Deaf", "Busy");
        assertThat(say(Map.of("message", "hello", "to", all)))
                .isEqualTo("said #2 to Gone, Paula, Quiet, Tired, Deaf, Busy; not woken: "
                        + "away: Gone; wake never: Quiet; turns used up: Tired; deaf: Deaf");
        assertThat(say(Map.of("message", "hello")))
                .endsWith("not woken: away: Gone; wake never: Quiet; wake direct: Tired, Deaf, Busy");
    }

    @Test
    void aSessionThatWaitsForAPersonIsNotWoken() {
        sessions().recordDialog(session("Asker").session().id(), "permission for Bash", true);

        assertThat(say(Map.of("message", "hello", "to", List.of("Asker"))))
                .endsWith("not woken: waits for a person: Asker");
    }

    @Test
    void theModelIsToldWhichSecretsWereNotStored() {
        session("Ben");
        String key = "ghp_" + "a1B2c3D4e5F6".repeat(3);

        assertThat(say(Map.of("message", "it is " + key, "to", List.of("Ben"))))
                .contains("; masked, for secrets are not kept: GitHub token")
                .doesNotContain("ghp_");
        assertThat(say(Map.of("message", "it is gone", "to", List.of("Ben")))).doesNotContain("masked");
    }

    @Test
    void nobodyIsNotTheRoom() {
        for (Map<String, Object> arguments : List.of(
                Map.<String, Object>of("message", "hello", "to", List.of()),
                Map.<String, Object>of("message", "hello", "to", List.of(), "reply_to", 1))) {
            assertThat(say(arguments))
                    .isEqualTo("\"to\" names nobody\nhint: name personas, or leave \"to\" out for the whole room");
        }
        assertThat(say(Map.of("message", "hello", "to", List.of(""))))
                .isEqualTo("the name of a recipient is empty\nhint: name somebody, or nobody for the room");
        assertThat(TestClient.text(ann.call("katra_history", Map.of()))).doesNotContain("hello");
    }

    @Test
    void saysNothingOfThoseWhomItWakes() {
        session("Ben");
        Map<String, Object> answer = ann.answer("katra_say", Map.of("message", "hello", "to", "Ben"));

        assertThat(answer).containsOnlyKeys("number", "recipients");
    }

    @Test
    void namesNoMoreThanAFewOfMany() {
        for (int i = 1; i <= 30; i++) {
            away("Old-" + i);
        }

        Map<String, Object> answer = ann.answer("katra_say", Map.of("message", "hello"));

        assertThat(answer.get("recipients"))
                .asInstanceOf(InstanceOfAssertFactories.list(String.class))
                .hasSize(20)
                .contains("Old-20");
        assertThat(answer)
                .containsEntry("more", 10)
                .containsEntry("not_woken", "away: Old-1, Old-2, Old-3, Old-4, Old-5, Old-6, Old-7, Old-8 and 22 more");
    }

    private void away(String persona) {
        long id = session(persona).session().id();
        sessions().recordConnection(id);
        sessions().end(id, "stopped");
    }

    private String say(Map<String, Object> arguments) {
        return TestClient.text(ann.call("katra_say", arguments));
    }

    /** Uses up the only turn that it has. */
    private void spend(ClaimedSession tired) {
        sessions().changeState(tired.session().id(), SessionState.IDLE);
        Actor person = Actor.human(server.bean(PersonaService.class).get("Paula"));
        server.bean(RoomService.class).say(person, NewMessage.to(List.of("Tired"), "wake up"), null);
        assertThat(server.bean(WakeService.class).tryCharge(tired.session().id(), false))
                .isEqualTo(WakeOutcome.WAKE);
    }

    private ClaimedSession session(String persona) {
        return server.session(persona);
    }

    private SessionService sessions() {
        return server.bean(SessionService.class);
    }
}
