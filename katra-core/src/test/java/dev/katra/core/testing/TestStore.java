package dev.katra.core.testing;

import dev.katra.core.CoreConfiguration;
import dev.katra.core.home.KatraHome;
import dev.katra.core.memory.MemoryService;
import dev.katra.core.persona.Actor;
import dev.katra.core.persona.Persona;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.room.RoomService;
import dev.katra.core.session.ClaimedSession;
import dev.katra.core.session.ModelSource;
import dev.katra.core.session.Place;
import dev.katra.core.session.SessionClaim;
import dev.katra.core.session.SessionClient;
import dev.katra.core.session.SessionPurpose;
import dev.katra.core.session.SessionService;
import dev.katra.core.session.WakePolicy;
import dev.katra.core.store.Reads;
import dev.katra.core.store.Writes;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Consumer;
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
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The real store and services of a home in a folder, wired as in the product. */
public final class TestStore implements AutoCloseable {

    private final AnnotationConfigApplicationContext context;

    private TestStore(AnnotationConfigApplicationContext context) {
        this.context = context;
    }

    /** Opens, and if need be creates and migrates, the home in the folder {@code home} of this folder. */
    public static TestStore open(Path folder) {
        return open(folder, Clock.systemUTC());
    }

    /** The same with a clock of the test's. */
    public static TestStore open(Path folder, Clock clock) {
        return open(folder, clock, context -> {});
    }

    /** The same with beans of the test's. */
    public static TestStore open(Path folder, Clock clock, Consumer<GenericApplicationContext> beans) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        beans.accept(context);
        context.registerBean(KatraHome.class, () -> home(folder));
        context.registerBean(Clock.class, () -> Clock.tick(clock, Duration.ofMillis(1)));
        context.register(Wiring.class);
        context.refresh();
        return new TestStore(context);
    }

    /** The home that {@link #open} means. */
    public static KatraHome home(Path folder) {
        return new KatraHome(folder.resolve("home"));
    }

    /** A claim with the usual values. */
    public static SessionClaim claim(String persona) {
        return new SessionClaim(
                persona,
                new ModelSource("demo", null, "direct"),
                Place.TMUX,
                Path.of("/work"),
                new SessionPurpose(WakePolicy.DIRECT),
                new SessionClient(UUID.randomUUID().toString(), true));
    }

    /** A running session of that persona, through its token. */
    public Actor session(String persona) {
        ClaimedSession claimed = sessions().claim(claim(persona));
        long id = claimed.session().id();
        sessions().recordProcess(id, 4711, "1/boot", "katra-" + persona, "/tmp/tmux-0/default");
        sessions().recordConnection(id);
        return sessions().actor(sessions().authenticate(claimed.token()).orElseThrow());
    }

    /** A person at the shell. */
    public Actor human(String name) {
        Persona persona = personas().ensure(name, true);
        personas().noteArrival(persona.id());
        return Actor.human(persona);
    }

    public KatraHome home() {
        return bean(KatraHome.class);
    }

    public PersonaService personas() {
        return bean(PersonaService.class);
    }

    public SessionService sessions() {
        return bean(SessionService.class);
    }

    public RoomService room() {
        return bean(RoomService.class);
    }

    public MemoryService memory() {
        return bean(MemoryService.class);
    }

    public Writes writes() {
        return bean(Writes.class);
    }

    public Reads reads() {
        return bean(Reads.class);
    }

    /** For queries inside {@link #reads} and {@link #writes}. */
    public JdbcClient jdbc() {
        return bean(JdbcClient.class);
    }

    /** The number that a query returns. */
    public long count(String sql) {
        return reads().run(() -> jdbc().sql(sql).query(Long.class).single());
    }

    /** How SQLite would run a query, whose named parameters get values that do not matter. */
    public String plan(String sql) {
        String literal = sql.replaceAll(":(text|through)\\b", "'c'").replaceAll(":[a-z]+", "1");
        return reads().run(() -> String.join(
                "\n",
                jdbc().sql("EXPLAIN QUERY PLAN " + literal)
                        .query((row, n) -> row.getString("detail"))
                        .list()));
    }

    /** Anything else of the context. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Returns all beans of a type. */
    public <T> Collection<T> beans(Class<T> type) {
        return context.getBeansOfType(type).values();
    }

    @Override
    public void close() {
        context.close();
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
    static class Wiring {}
}
