package dev.katra.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.home.KatraHome;
import dev.katra.core.memory.MemoryService;
import dev.katra.core.memory.NewMemory;
import dev.katra.core.memory.RecallQuery;
import dev.katra.core.persona.Actor;
import dev.katra.core.room.HistoryQuery;
import dev.katra.core.room.RoomService;
import dev.katra.core.session.Place;
import dev.katra.core.session.SessionClaim;
import dev.katra.core.session.SessionService;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.jdbc.autoconfigure.DataJdbcRepositoriesAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class CoreSmokeTests {

    @Test
    void twoSessionsTalkAndRemember(@TempDir Path folder) {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        DataSourceAutoConfiguration.class,
                        DataSourceTransactionManagerAutoConfiguration.class,
                        JdbcTemplateAutoConfiguration.class,
                        JdbcClientAutoConfiguration.class,
                        FlywayAutoConfiguration.class,
                        DataJdbcRepositoriesAutoConfiguration.class))
                .withBean(KatraHome.class, () -> new KatraHome(folder.resolve("home")))
                .withUserConfiguration(CoreConfiguration.class)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    SessionService sessions = context.getBean(SessionService.class);
                    RoomService room = context.getBean(RoomService.class);
                    MemoryService memory = context.getBean(MemoryService.class);
                    var dario = sessions.claim(claim("Dario"));
                    var sam = sessions.claim(claim("Sam"));
                    Actor a =
                            sessions.actor(sessions.authenticate(dario.token()).orElseThrow());
                    Actor b = sessions.actor(sessions.authenticate(sam.token()).orElseThrow());
                    assertThat(sessions.live()).hasSize(2);
                    var said = room.say(a, List.of(), "hello", "c1");
                    assertThat(room.say(a, List.of(), "hello", "c1")).isEqualTo(said);
                    assertThat(said.recipients()).containsExactly("Sam");
                    var heard = room.hear(b, "h1");
                    assertThat(heard.messages()).hasSize(1);
                    assertThat(room.hear(b, "h1")).isEqualTo(heard);
                    assertThat(room.hear(b, "h2").messages()).isEmpty();
                    assertThat(room.history(new HistoryQuery(null, "sam", null, 10)))
                            .hasSize(1);
                    var stored = memory.remember(a, NewMemory.note("The build needs JDK 17 (C++ too)"), "m1");
                    var recalled =
                            memory.recall(b, new RecallQuery("which JDKs does the building need? C++", null, null, 5));
                    assertThat(recalled.memories()).extracting("number").containsExactly(stored.id());
                    memory.forget(a, stored.id());
                    assertThat(memory.recall(b, new RecallQuery("JDK", null, null, 5))
                                    .total())
                            .isZero();
                    sessions.connected(sam.session().id());
                    sessions.ended(sam.session().id(), "test");
                    assertThat(sessions.live()).hasSize(1);
                });
    }

    private static SessionClaim claim(String persona) {
        return new SessionClaim(
                persona,
                "demo",
                null,
                "direct",
                Place.TMUX,
                Path.of("/tmp"),
                null,
                true,
                "00000000-0000-0000-0000-000000000000");
    }
}
