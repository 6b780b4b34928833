package dev.katra.shell.doctor;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.katra.core.backup.StoreInspection;
import dev.katra.core.contract.SessionContract;
import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.launcher.claude.ClaudeBinary;
import dev.katra.launcher.claude.ClaudeInstall;
import dev.katra.launcher.process.Executables;
import dev.katra.launcher.process.ProcessCommand;
import dev.katra.launcher.process.ProcessResult;
import dev.katra.launcher.process.ProcessRunner;
import dev.katra.launcher.provider.Provider;
import dev.katra.launcher.provider.ProviderCatalog;
import dev.katra.launcher.provider.ProviderLoader;
import dev.katra.launcher.provider.Route;
import dev.katra.launcher.settings.ClaudeLogin;
import dev.katra.launcher.settings.ClaudeSettings;
import dev.katra.launcher.settings.Restriction;
import dev.katra.launcher.settings.Restrictions;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Checks everything that Katra needs. It starts nothing and changes nothing. */
@Component
class LocalChecks {

    private static final long MIN_FREE_MEGABYTES = 100;
    private static final long MIN_OPEN_FILES = 1024;
    private static final String OWNER_ONLY_MODE = "rw-------";

    private static final Duration VERSION_TIMEOUT = Duration.ofSeconds(20);

    /** The line in which the client names its version. */
    private static final Pattern VERSION_LINE =
            Pattern.compile("^(\\d+\\.\\d+\\.\\d+\\S*) \\(Claude Code\\)", Pattern.MULTILINE);

    private final ProcessRunner processes;
    private final ServerStarter servers;

    LocalChecks(ProcessRunner processes, ServerStarter servers) {
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
        checks.add(run("claude", () -> claude(caller)));
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

    private CheckResult claude(Caller caller) {
        Optional<ClaudeBinary> found = ClaudeBinary.find(caller.home(), caller.environment(), caller.folder());
        if (found.isEmpty()) {
            boolean npm = Executables.find("npm", caller.environment()).isPresent();
            return CheckResult.failed(
                    "claude",
                    "not installed",
                    npm
                            ? "katra claude install"
                            : "install npm and then run katra claude install, or set " + ClaudeBinary.VARIABLE);
        }
        String path = found.get().path().toString();
        ProcessResult result =
                processes.run(ProcessCommand.of(List.of(path, "--version"), caller.environment(), caller.folder())
                        .withTimeout(VERSION_TIMEOUT));
        Matcher said = VERSION_LINE.matcher(result.stdout());
        if (!result.ok() || !said.find()) {
            return CheckResult.failed(
                    "claude",
                    path + " is not Claude Code: with --version it ends with code " + result.exitCode()
                            + (result.ok() ? " and names no version" : ""),
                    found.get().origin() == ClaudeBinary.ClientOrigin.NAMED
                            ? "unset " + ClaudeBinary.VARIABLE + " or set it to the path of a claude binary"
                            : "install it again, or set " + ClaudeBinary.VARIABLE + " to a claude binary that runs");
        }
        String tested = new ClaudeInstall(caller.home(), processes).specification();
        return CheckResult.passed(
                "claude",
                said.group() + " in " + path
                        + (tested.endsWith("@" + said.group(1)) ? "" : " (Katra is tested with " + tested + ")"));
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
    private static CheckResult login(Caller caller) {
        Provider anthropic =
                ProviderLoader.load(caller.home(), caller.environment()).get("anthropic");
        if (!caller.variable(anthropic.apiKeyVar()).isBlank()) {
            return CheckResult.passed("login", "not used: " + anthropic.apiKeyVar() + " is set");
        }
        ClaudeLogin login = ClaudeLogin.of(ClaudeSettings.of(caller.environment(), caller.folder()));
        String pays = login.credentialPlace() == null ? "none found; Claude Code will ask" : login.credentialPlace();
        return CheckResult.passed(
                "login", pays + login.text().map(text -> "; " + text).orElse(""));
    }

    /** Returns what the settings files that hold for this folder switch off of Katra. */
    private static List<CheckResult> restrictions(Caller caller) {
        List<Restriction> found = Restrictions.of(
                ClaudeSettings.of(caller.environment(), caller.folder()),
                URI.create("http://127.0.0.1:" + ServerPort.of(caller.home(), caller.environment())),
                SessionContract.MCP_SERVER,
                SessionContract.TOKEN_VARIABLE,
                List.of());
        return found.isEmpty()
                ? List.of(CheckResult.passed("settings", "Claude Code's settings here switch nothing of Katra off"))
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
