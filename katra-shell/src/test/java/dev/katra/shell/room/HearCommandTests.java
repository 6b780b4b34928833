package dev.katra.shell.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.CoreConfiguration;
import dev.katra.core.home.KatraHome;
import dev.katra.core.persona.Actor;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.room.NewMessage;
import dev.katra.core.room.RoomService;
import dev.katra.core.session.SessionService;
import dev.katra.shell.console.Caller;
import dev.katra.shell.testing.TestCaller;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.data.jdbc.autoconfigure.DataJdbcRepositoriesAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What a person's hearing proves received, over a real store. */
class HearCommandTests {

    @TempDir
    Path home;

    private AnnotationConfigApplicationContext context;
    private HearCommand hear;

    @BeforeEach
    void open() {
        context = new AnnotationConfigApplicationContext();
        context.registerBean(KatraHome.class, () -> new KatraHome(home));
        context.register(Store.class);
        context.refresh();
        PersonaService personas = context.getBean(PersonaService.class);
        RoomService room = context.getBean(RoomService.class);
        hear = new HearCommand(room, new Speakers(personas, context.getBean(SessionService.class)));
        personas.ensure("Ada", true);
        Actor bob = Actor.human(personas.ensure("Bob", true));
        room.say(bob, NewMessage.to(List.of(), "first"), null);
        room.say(bob, NewMessage.to(List.of(), "second"), null);
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void whatIsWrittenIsReceivedOnce() {
        assertThat(heard(false)).contains("first").contains("second");
        assertThat(heard(false)).isEmpty();
    }

    @Test
    void whatWasWrittenToACallerWhoIsGoneIsNotReceived() {
        heard(true);

        assertThat(heard(false)).contains("first").contains("second");
    }

    private String heard(boolean gone) {
        TestCaller caller = TestCaller.of("hear");
        Caller c = caller.caller();
        hear.hear(
                new Caller(
                        c.arguments(),
                        c.environment(),
                        c.folder(),
                        c.terminal(),
                        c.input(),
                        c.out(),
                        c.err(),
                        () -> gone),
                false,
                "Ada",
                false);
        return caller.out();
    }

    @Configuration(proxyBeanMethods = false)
    @Import(CoreConfiguration.class)
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class,
        FlywayAutoConfiguration.class,
        DataJdbcRepositoriesAutoConfiguration.class
    })
    static class Store {}
}
