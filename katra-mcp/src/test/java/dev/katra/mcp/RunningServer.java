package dev.katra.mcp;

import dev.katra.core.CoreConfiguration;
import dev.katra.core.home.KatraHome;
import dev.katra.core.session.ClaimedSession;
import dev.katra.core.session.ModelSource;
import dev.katra.core.session.Place;
import dev.katra.core.session.SessionClaim;
import dev.katra.core.session.SessionClient;
import dev.katra.core.session.SessionEndpoint;
import dev.katra.core.session.SessionPurpose;
import dev.katra.core.session.SessionService;
import dev.katra.core.session.WakePolicy;
import dev.katra.core.upstream.Upstream;
import dev.katra.demo.DemoConfiguration;
import dev.katra.gateway.GatewayConfiguration;
import dev.katra.web.ServerAutoConfiguration;
import dev.katra.web.WebConfiguration;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** A real server on a free port over a home of its own. */
public final class RunningServer implements AutoCloseable {

    @SpringBootConfiguration(proxyBeanMethods = false)
    @ServerAutoConfiguration
    @Import({
        CoreConfiguration.class,
        WebConfiguration.class,
        GatewayConfiguration.class,
        DemoConfiguration.class,
        McpConfiguration.class
    })
    static class Composition {}

    private final ConfigurableApplicationContext context;

    private RunningServer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts it. */
    public static RunningServer start(Path home) {
        return start(home, 0);
    }

    /** Starts it on this port. */
    public static RunningServer start(Path home, int port) {
        return start(home, port, Map.of());
    }

    /** Starts it on this port, with these settings and these configurations besides. */
    public static RunningServer start(Path home, int port, Map<String, Object> settings, Class<?>... more) {
        return start(home, port, settings, Optional.empty(), more);
    }

    /** Starts it with a clock of the test's. */
    public static RunningServer start(Path home, Clock clock) {
        return start(home, 0, Map.of(), Optional.of(clock));
    }

    /** Starts it on this port, with these settings and a clock of the test's. */
    public static RunningServer start(Path home, int port, Map<String, Object> settings, Clock clock) {
        return start(home, port, settings, Optional.of(clock));
    }

    private static RunningServer start(
            Path home, int port, Map<String, Object> settings, Optional<Clock> clock, Class<?>... more) {
        KatraHome katraHome = new KatraHome(home);
        return new RunningServer(new SpringApplicationBuilder(Composition.class)
                .sources(more)
                .initializers(context -> {
                    context.getBeanFactory().registerSingleton("katraHome", katraHome);
                    clock.ifPresent(own ->
                            context.getBeanFactory().registerSingleton("clock", Clock.tick(own, Duration.ofMillis(1))));
                })
                .properties(Map.of(
                        "server.address", "127.0.0.1",
                        "server.port", String.valueOf(port),
                        "spring.main.banner-mode", "off",
                        "logging.level.root", "warn"))
                .properties(settings)
                .run());
    }

    /** Its port. */
    public int port() {
        return Objects.requireNonNull(((ServletWebServerApplicationContext) context).getWebServer())
                .getPort();
    }

    /** Its address. */
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /** One of its beans. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** All its beans of a type. */
    public <T> Collection<T> beans(Class<T> type) {
        return context.getBeansOfType(type).values();
    }

    /** A live session of that persona. */
    public ClaimedSession session(String persona) {
        return session(persona, "demo", null);
    }

    /** A live session of that persona on this provider, behind the gateway if an endpoint is given. */
    public ClaimedSession session(String persona, String provider, @Nullable Upstream upstream) {
        return bean(SessionService.class)
                .claim(new SessionClaim(
                        persona,
                        new ModelSource(provider, "demo-1", upstream == null ? "direct" : "gateway"),
                        Place.TERMINAL,
                        Path.of("/tmp"),
                        new SessionPurpose(WakePolicy.DIRECT),
                        new SessionClient(UUID.randomUUID().toString(), false),
                        SessionEndpoint.of(upstream)));
    }

    @Override
    public void close() {
        context.close();
    }

    /** Runs until it is killed, for trying the real client by hand: home, port, new sessions whose tokens are printed. */
    public static void main(String[] args) throws InterruptedException {
        RunningServer server = start(Path.of(args[0]), Integer.parseInt(args[1]));
        for (String persona : List.of(args).subList(2, args.length)) {
            System.out.println(persona + "=" + server.session(persona).token());
        }
        Thread.currentThread().join();
    }
}
