package dev.katra.shell.server;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.HomeLock;
import dev.katra.core.home.KatraHome;
import dev.katra.shell.Version;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;

/** The server process: one per home, which it holds locked for life. */
public final class KatraServer {

    /** The exit code of a server that finds the home locked by another. */
    static final int ALREADY_RUNNING = 75;

    private KatraServer() {}

    /**
     * Runs the server until it is told to end.
     *
     * @param arguments {@code --port N} or nothing
     * @return the exit code if it cannot run; otherwise this does not return
     */
    public static int run(String[] arguments, Map<String, String> environment) {
        Optional.ofNullable(Long.getLong(ServerStarter.TETHER)).ifPresent(Tether::toProcess);
        KatraHome home = KatraHome.of(environment).create();
        Optional<HomeLock> lock = HomeLock.tryAcquire(home);
        if (lock.isEmpty()) {
            System.err.println("another server holds " + home.lock());
            return ALREADY_RUNNING;
        }
        int port = 0;
        try {
            port = port(arguments, environment, home);
            ConfigurableApplicationContext context =
                    start(home, lock.get(), port, ServerSettings.read(home, environment));
            ServerFile file = context.getBean(ServerIdentity.class).file();
            file.write(home);
            LoggerFactory.getLogger(KatraServer.class)
                    .info("katra {} serves {} on {}", Version.current(), home.root(), file.uri());
            return 0;
        } catch (RuntimeException e) {
            System.err.println(explain(e, port));
            return 5;
        }
    }

    private static ConfigurableApplicationContext start(
            KatraHome home, HomeLock lock, int port, Map<String, Object> settings) {
        SpringApplication application = new SpringApplication(ServerApplication.class);
        application.setWebApplicationType(WebApplicationType.SERVLET);
        application.setRegisterShutdownHook(true);
        application.setAddCommandLineProperties(false);
        application.setLogStartupInfo(false);
        application.setBannerMode(org.springframework.boot.Banner.Mode.OFF);
        application.addInitializers(context -> {
            context.getBeanFactory().registerSingleton("katraHome", home);
            // Held until the process ends, so that the next server finds the store closed.
            context.getBeanFactory().registerSingleton("homeLock", lock);
        });
        Map<String, Object> properties = new HashMap<>(settings);
        properties.putAll(Map.ofEntries(
                Map.entry("server.port", port),
                Map.entry("server.address", "127.0.0.1"),
                Map.entry("server.shutdown", "immediate"),
                Map.entry("server.tomcat.max-keep-alive-requests", -1),
                Map.entry("server.tomcat.background-processor-delay", "60s"), // of HTTP sessions, which nobody has
                Map.entry("spring.mvc.formcontent.filter.enabled", false), // nobody sends forms
                Map.entry("spring.jmx.enabled", false),
                Map.entry("spring.main.keep-alive", true),
                Map.entry("logging.file.name", home.serverLog().toString()),
                Map.entry("logging.threshold.console", "OFF"),
                Map.entry("server.tomcat.basedir", home.run().resolve("tomcat").toString()),
                Map.entry("logging.level.io.modelcontextprotocol", "WARN")));
        application.setDefaultProperties(properties);
        return application.run();
    }

    /** What the command says, else the home's, else the environment's, else the usual one. */
    private static int port(String[] arguments, Map<String, String> environment, KatraHome home) {
        if (arguments.length == 2 && arguments[0].equals("--port")) {
            return number(arguments[1]);
        }
        Optional<ServerFile> last = ServerFile.read(home);
        if (last.isPresent()) {
            return last.get().port();
        }
        String named = environment.getOrDefault("KATRA_PORT", "");
        return named.isEmpty() ? ServerStarter.USUAL_PORT : number(named);
    }

    private static int number(String port) {
        try {
            int number = Integer.parseInt(port);
            if (number >= 0 && number <= 65_535) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw Failure.invalid("\"" + port + "\" is no port");
    }

    private static String explain(Throwable thrown, int port) {
        Throwable root = thrown;
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof PortInUseException || t instanceof java.net.BindException) {
                return "port " + port + " is taken by another program; free it, or give this home another one for good:"
                        + " katra server start --port N";
            }
            if (t instanceof Failure failure) {
                return failure.text() + failure.hint().map(hint -> "; " + hint).orElse("");
            }
            if (t instanceof ConfigurationPropertiesBindException bind) {
                return "server.properties: " + setting(bind) + rootMessage(bind);
            }
            root = t;
        }
        return root.getClass().getSimpleName() + ": " + root.getMessage();
    }

    /** Which setting has a value that does not fit; nothing if what is wrong says so itself. */
    private static String setting(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof BindException bind
                    && bind.getProperty() != null
                    && !rootMessage(thrown).contains(bind.getName().toString())) {
                return bind.getName() + ": ";
            }
        }
        return "";
    }

    private static String rootMessage(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
