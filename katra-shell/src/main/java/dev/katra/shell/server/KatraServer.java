package dev.katra.shell.server;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.HomeIdentity;
import dev.katra.core.home.HomeLock;
import dev.katra.core.home.KatraHome;
import dev.katra.core.store.StoreFaults;
import dev.katra.shell.console.Version;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.convert.ConversionFailedException;

/** Runs the server process. There is one per home, which it holds locked for life. */
public final class KatraServer {

    /** The exit code of a server that finds the home locked by another. */
    static final int ALREADY_RUNNING = 75;

    /** The maximum time in milliseconds that the system takes to end a process that was killed. */
    static final long KILL_MILLIS = 2_000;

    static final long POLL_MILLIS = 40;

    private KatraServer() {}

    /**
     * Starts the server, which runs until it is told to end.
     *
     * @param arguments {@code --port N} or nothing
     * @return 0 once the server runs, in threads of its own; otherwise the exit code of the process
     */
    public static int run(String[] arguments, Map<String, String> environment) {
        Optional.ofNullable(Long.getLong(ServerStarter.PARENT_PROPERTY)).ifPresent(ParentWatch::endWithProcess);
        KatraHome home = KatraHome.of(environment).create();
        Optional<HomeLock> lock = lock(home);
        if (lock.isEmpty()) {
            System.err.println("another server holds " + home.lock());
            return ALREADY_RUNNING;
        }
        int port = 0;
        try {
            port = port(arguments, environment, home);
            Leftovers.remove(home);
            ConfigurableApplicationContext context =
                    start(home, lock.get(), port, ServerSettings.read(home, environment));
            ServerFile file = context.getBean(ServerIdentity.class).file();
            file.write(home);
            LoggerFactory.getLogger(KatraServer.class)
                    .info("katra {} serves {} on {}", Version.current(), home.root(), file.uri());
            return 0;
        } catch (RuntimeException e) {
            System.err.println(explain(e, home, port) + ofACopy(home));
            return 5;
        }
    }

    /**
     * Takes the home's lock, and tries again for a while: a server that was killed a moment ago holds it until the
     * system has it ended. Empty if another server holds it.
     */
    private static Optional<HomeLock> lock(KatraHome home) {
        Optional<HomeLock> lock = HomeLock.tryAcquire(home);
        for (long tries = KILL_MILLIS / POLL_MILLIS; lock.isEmpty() && tries > 0; tries--) {
            pause();
            lock = HomeLock.tryAcquire(home);
        }
        return lock;
    }

    private static void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
    }

    /** Starts the server on this port, or on a free one if that is 0. */
    static ConfigurableApplicationContext start(KatraHome home, HomeLock lock, int port, Map<String, Object> settings) {
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
                Map.entry(
                        "server.tomcat.basedir",
                        home.temporary().resolve("tomcat").toString()),
                // What a month of errors may leave: the log, and 20 MB of those before it.
                Map.entry("logging.logback.rollingpolicy.max-file-size", "5MB"),
                Map.entry("logging.logback.rollingpolicy.total-size-cap", "20MB"),
                Map.entry("logging.logback.rollingpolicy.max-history", 7),
                Map.entry("logging.logback.rollingpolicy.clean-history-on-start", true),
                // A message may hold what somebody sent; a log is no place for whole bodies.
                Map.entry(
                        "logging.pattern.file",
                        "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %5p ${PID:-} --- [%t] %-40.40logger{39} : %.-500m%n%wEx"),
                Map.entry("logging.level.io.modelcontextprotocol", "OFF")));
        application.setDefaultProperties(properties);
        return application.run();
    }

    /** Returns the port that the command names, else the home's, else the environment's, else the default one. */
    private static int port(String[] arguments, Map<String, String> environment, KatraHome home) {
        return arguments.length == 2 && arguments[0].equals("--port")
                ? ServerPort.parse("--port", arguments[1])
                : ServerPort.of(home, environment);
    }

    private static String ofACopy(KatraHome home) {
        try {
            return HomeIdentity.original(home)
                    .map(original -> " (this home is a copy of " + original + ", which may hold the port)")
                    .orElse("");
        } catch (Failure e) {
            return ""; // nobody knows, and something else is being explained
        }
    }

    private static String explain(Throwable thrown, KatraHome home, int port) {
        Optional<Failure> fault = StoreFaults.ofEngine().explain(thrown, home);
        if (fault.isPresent()) {
            return fault.get().text()
                    + fault.get().hint().map(hint -> "; " + hint).orElse("");
        }
        Throwable root = thrown;
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof PortInUseException || t instanceof java.net.BindException) {
                return "port " + port + " is taken by another program; free it, or give this home another one for good:"
                        + " katra server start --port N";
            }
            if (t.getClass().getSimpleName().equals("NativeLibraryNotFoundException")) {
                return "nothing may run in " + home.run()
                        + ", where SQLite's library is unpacked; the folder is on a file"
                        + " system that is mounted noexec, or this machine is of a kind that SQLite has no library for;"
                        + " set " + KatraHome.VARIABLE + " to a folder elsewhere";
            }
            if (t instanceof Failure failure) {
                return failure.text() + failure.hint().map(hint -> "; " + hint).orElse("");
            }
            if (t instanceof ConfigurationPropertiesBindException bind) {
                return "server.properties: " + invalidSetting(bind) + wrong(bind);
            }
            root = t;
        }
        return root.getClass().getSimpleName() + ": " + root.getMessage();
    }

    /** Returns the name of the setting whose value does not fit; nothing if the message names it already. */
    private static String invalidSetting(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof BindException bind
                    && bind.getProperty() != null
                    && !rootMessage(thrown).contains(bind.getName().toString())) {
                return bind.getName() + ": ";
            }
        }
        return "";
    }

    /** Says what is wrong with the value: for a word of a few, which ones there are. */
    private static String wrong(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof ConversionFailedException failed
                    && failed.getTargetType().getType().isEnum()) {
                return "\"" + failed.getValue() + "\" is not one of "
                        + Stream.of(failed.getTargetType().getType().getEnumConstants())
                                .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "));
            }
        }
        return rootMessage(thrown);
    }

    private static String rootMessage(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
