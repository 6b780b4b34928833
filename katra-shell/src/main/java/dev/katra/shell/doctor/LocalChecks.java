package dev.katra.shell.doctor;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.katra.core.backup.StoreInspection;
import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.launcher.agent.Agent;
import dev.katra.launcher.agent.AgentInspection;
import dev.katra.launcher.agent.AgentLogin;
import dev.katra.launcher.agent.Restriction;
import dev.katra.launcher.process.ProcessRunner;
import dev.katra.launcher.provider.Provider;
import dev.katra.launcher.provider.ProviderCatalog;
import dev.katra.launcher.provider.ProviderLoader;
import dev.katra.launcher.provider.Route;
import dev.katra.launcher.tmux.Tmux;
import dev.katra.shell.console.Caller;
import dev.katra.shell.server.ServerFile;
import dev.katra.shell.server.ServerPort;
import dev.katra.shell.server.ServerStarter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Checks everything that Katra needs. It starts nothing and changes nothing. */
@Component
class LocalChecks {

    private static final long MIN_FREE_MEGABYTES = 100;
    private static final long MIN_OPEN_FILES = 1024;
    private static final String OWNER_ONLY_MODE = "rw-------";

    private final Agent agent;
    private final ProcessRunner processes;
    private final ServerStarter servers;

    LocalChecks(Agent agent, ProcessRunner processes, ServerStarter servers) {
        this.agent = agent;
        this.processes = processes;
        this.servers = servers;
    }

    List<CheckResult> all(Caller caller) {
        List<CheckResult> checks = new ArrayList<>();
        checks.add(CheckResult.passed(
                "java", System.getProperty("java.version") + " in " + System.getProperty("java.home")));
        checks.add(run(
                "tmux",
                () -> CheckResult.passed(
                        "tmux", new Tmux(processes, caller.environment(), caller.folder()).version())));
        checks.add(run(agent.command(), () -> agent(caller)));
        checks.add(home(caller.home()));
        checks.add(run("disk", () -> disk(caller.home())));
        checks.add(run("store", () -> store(caller.home())));
        checks.add(openFiles());
        checks.add(run("providers", () -> providers(caller)));
        checks.add(run("gateway", () -> gateway(caller)));
        checks.add(run("keys", () -> keys(caller)));
        checks.add(run("login", () -> login(caller)));
        checks.addAll(runAll("settings", () -> restrictions(caller)));
        checks.add(run("server", () -> server(caller)));
        return checks;
    }

    /** Returns the result of a check. A failure is what the check found. */
    private static CheckResult run(String name, Supplier<CheckResult> look) {
        return runAll(name, () -> List.of(look.get())).get(0);
    }

    private static List<CheckResult> runAll(String name, Supplier<List<CheckResult>> look) {
        try {
            return look.get();
        } catch (Failure e) {
            return List.of(CheckResult.failed(name, e.text(), e.hint().orElse("")));
        }
    }

    private CheckResult agent(Caller caller) {
        AgentInspection found =
                agent.installation().inspect(caller.home(), caller.environment(), caller.folder(), processes);
        return found.isUsable()
                ? CheckResult.passed(agent.command(), found.finding())
                : CheckResult.failed(agent.command(), found.finding(), found.remedy());
    }

    private static CheckResult home(KatraHome home) {
        if (!Files.exists(home.root())) {
            return CheckResult.passed("home", home.root() + " (made on first use)");
        }
        try {
            String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(home.root()));
            if (!mode.equals("rwx------")) {
                return CheckResult.failed("home", home.root() + " has mode " + mode, "chmod 700 " + home.root());
            }
            if (!Files.isWritable(home.root())) {
                return CheckResult.failed("home", home.root() + " is not writable", "check who owns it");
            }
            for (Path file : List.of(home.database(), home.secret())) {
                String open = Files.exists(file)
                        ? PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                        : OWNER_ONLY_MODE;
                if (!open.equals(OWNER_ONLY_MODE)) {
                    return CheckResult.failed("home", file + " has mode " + open, "chmod 600 " + file);
                }
            }
            return CheckResult.passed("home", home.root() + ", mode 0700");
        } catch (IOException e) {
            return CheckResult.failed("home", "cannot look at " + home.root(), "check who owns it");
        }
    }

    private static CheckResult disk(KatraHome home) {
        Path place = Files.exists(home.root()) ? home.root() : home.root().getParent();
        try {
            long megabytes = Files.getFileStore(place).getUsableSpace() / (1024 * 1024);
            String found = String.format(Locale.ROOT, "%,d MB free for %s", megabytes, home.root());
            return megabytes < MIN_FREE_MEGABYTES
                    ? CheckResult.failed("disk", found, "free some: df -h " + place)
                    : CheckResult.passed("disk", found);
        } catch (IOException e) {
            return CheckResult.passed("disk", "the system does not say how much is free for " + home.root());
        }
    }

    /** Checks the store, for which it reads all of the database. */
    private static CheckResult store(KatraHome home) {
        Optional<Failure> fault = Files.exists(home.root()) ? StoreInspection.findFault(home) : Optional.empty();
        if (fault.isPresent()) {
            throw fault.get();
        }
        return CheckResult.passed(
                "store",
                Files.exists(home.database())
                        ? home.database() + " is whole"
                        : home.database() + " (made on first use)");
    }

    /**
     * Checks the hard limit of open files, to which a JVM raises its own. A server has one for each connection, and two for
     * each session that waits.
     */
    private static CheckResult openFiles() {
        long most = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
        return most < MIN_OPEN_FILES
                ? CheckResult.failed(
                        "files",
                        "a process may open " + most + " files, and the server may need " + MIN_OPEN_FILES,
                        "raise the hard limit, which ulimit -Hn shows, to 4096, and then katra server stop")
                : CheckResult.passed("files", "a process may open enough");
    }

    private static CheckResult providers(Caller caller) {
        ProviderCatalog catalog = ProviderLoader.load(caller.home(), caller.environment());
        boolean own = Files.exists(caller.home().providers());
        return CheckResult.passed(
                "providers",
                catalog.all().size() + ", default " + catalog.defaultId()
                        + (own ? ", with " + caller.home().providers() : ", as shipped"));
    }

    /** Returns which providers the gateway serves. Fails if an entry has no endpoint on its route. */
    private static CheckResult gateway(Caller caller) {
        List<Provider> all =
                ProviderLoader.load(caller.home(), caller.environment()).all();
        all.forEach(provider -> provider.endpointOn(provider.routeFor(null)));
        List<Provider> through = all.stream()
                .filter(provider -> provider.routeFor(null) == Route.GATEWAY)
                .toList();
        String passed = ids(through, false);
        return CheckResult.passed(
                "gateway", "translates for " + ids(through, true) + (passed.isEmpty() ? "" : "; counts for " + passed));
    }

    private static String ids(List<Provider> providers, boolean translated) {
        return providers.stream()
                .filter(provider -> provider.isTranslatedOn(Route.GATEWAY) == translated)
                .map(Provider::id)
                .collect(Collectors.joining(", "));
    }

    private static CheckResult keys(Caller caller) {
        List<String> set = ProviderLoader.load(caller.home(), caller.environment()).all().stream()
                .filter(provider -> provider.auth().needsKey())
                .map(Provider::apiKeyVar)
                .filter(name -> !caller.variable(name).isEmpty())
                .distinct()
                .toList();
        return CheckResult.passed("keys", set.isEmpty() ? "none is set" : String.join(", ", set));
    }

    /**
     * Returns how the provider anthropic pays, and where it leads, without a key: by what the caller's own client has
     * set.
     */
    private CheckResult login(Caller caller) {
        Provider anthropic =
                ProviderLoader.load(caller.home(), caller.environment()).get("anthropic");
        if (!caller.variable(anthropic.apiKeyVar()).isBlank()) {
            return CheckResult.passed("login", "not used: " + anthropic.apiKeyVar() + " is set");
        }
        AgentLogin login = agent.settings(caller.environment(), caller.folder()).login();
        String place = login.credentialPlace();
        String pays = place == null ? "none found; " + agent.displayName() + " will ask" : place;
        return CheckResult.passed(
                "login", pays + login.text().map(text -> "; " + text).orElse(""));
    }

    /** Returns what the settings files that hold for this folder switch off of Katra. */
    private List<CheckResult> restrictions(Caller caller) {
        List<Restriction> found = agent.settings(caller.environment(), caller.folder())
                .restrictions(URI.create("http://127.0.0.1:" + ServerPort.of(caller.home(), caller.environment())));
        return found.isEmpty()
                ? List.of(CheckResult.passed(
                        "settings", agent.displayName() + "'s settings here switch nothing of Katra off"))
                : found.stream()
                        .map(each -> CheckResult.failed("settings", each.text(), each.remedy()))
                        .toList();
    }

    private CheckResult server(Caller caller) {
        Optional<ServerFile> running = servers.running(caller.home());
        if (running.isPresent()) {
            return CheckResult.passed(
                    "server",
                    "running on " + running.get().uri() + ", version "
                            + running.get().version());
        }
        int port = ServerPort.of(caller.home(), caller.environment());
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return CheckResult.passed("server", "not running; port " + probe.getLocalPort() + " is free");
        } catch (IOException e) {
            return CheckResult.failed(
                    "server",
                    "not running, and port " + port + " is taken",
                    "free it, or run katra server start --port N");
        }
    }
}
