package dev.katra.shell.doctor;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.launcher.claude.ClaudeBinary;
import dev.katra.launcher.claude.ClaudeInstall;
import dev.katra.launcher.process.Command;
import dev.katra.launcher.process.Executables;
import dev.katra.launcher.process.Processes;
import dev.katra.launcher.provider.Provider;
import dev.katra.launcher.provider.ProviderCatalog;
import dev.katra.launcher.provider.Providers;
import dev.katra.launcher.provider.Route;
import dev.katra.launcher.tmux.Tmux;
import dev.katra.shell.console.Caller;
import dev.katra.shell.server.ServerFile;
import dev.katra.shell.server.ServerStarter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Looks at everything that Katra needs; starts nothing and changes nothing. */
@Component
class Checks {

    private static final Duration VERSION = Duration.ofSeconds(20);

    private final Processes processes;
    private final ServerStarter servers;

    Checks(Processes processes, ServerStarter servers) {
        this.processes = processes;
        this.servers = servers;
    }

    List<Check> all(Caller caller) {
        List<Check> checks = new ArrayList<>();
        checks.add(Check.well("java", System.getProperty("java.version") + " in " + System.getProperty("java.home")));
        checks.add(looked(
                "tmux",
                () -> Check.well("tmux", new Tmux(processes, caller.environment(), caller.folder()).version())));
        checks.add(looked("claude", () -> claude(caller)));
        checks.add(home(caller.home()));
        checks.add(looked("providers", () -> providers(caller)));
        checks.add(looked("gateway", () -> gateway(caller)));
        checks.add(looked("keys", () -> keys(caller)));
        checks.add(server(caller.home()));
        return checks;
    }

    /** A failure is what the check found. */
    private static Check looked(String name, Supplier<Check> look) {
        try {
            return look.get();
        } catch (Failure e) {
            return Check.wrong(name, e.text(), e.hint().orElse(""));
        }
    }

    private Check claude(Caller caller) {
        Optional<ClaudeBinary> found = ClaudeBinary.find(caller.home(), caller.environment(), caller.folder());
        if (found.isEmpty()) {
            boolean npm = Executables.find("npm", caller.environment()).isPresent();
            return Check.wrong(
                    "claude",
                    "not installed",
                    npm
                            ? "katra claude install"
                            : "install npm and then run katra claude install, or set " + ClaudeBinary.VARIABLE);
        }
        String path = found.get().path().toString();
        String said = processes
                .run(Command.of(List.of(path, "--version"), caller.environment(), caller.folder())
                        .within(VERSION))
                .stdout()
                .strip();
        String tested = new ClaudeInstall(caller.home(), processes).specification();
        String version = said.split(" ", 2)[0];
        return Check.well(
                "claude",
                said + " in " + path
                        + (tested.endsWith("@" + version) ? "" : " (Katra is tested with " + tested + ")"));
    }

    private static Check home(KatraHome home) {
        if (!Files.exists(home.root())) {
            return Check.well("home", home.root() + " (made on first use)");
        }
        try {
            String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(home.root()));
            if (!mode.equals("rwx------")) {
                return Check.wrong("home", home.root() + " has mode " + mode, "chmod 700 " + home.root());
            }
            if (!Files.isWritable(home.root())) {
                return Check.wrong("home", home.root() + " is not writable", "check who owns it");
            }
            return Check.well("home", home.root() + ", mode 0700");
        } catch (IOException e) {
            return Check.wrong("home", "cannot look at " + home.root(), "check who owns it");
        }
    }

    private static Check providers(Caller caller) {
        ProviderCatalog catalog = Providers.load(caller.home(), caller.environment());
        boolean own = Files.exists(caller.home().providers());
        return Check.well(
                "providers",
                catalog.all().size() + ", default " + catalog.defaultId()
                        + (own ? ", with " + caller.home().providers() : ", as shipped"));
    }

    /** Which providers the gateway serves, and whether every entry has the route it says. */
    private static Check gateway(Caller caller) {
        List<Provider> all = Providers.load(caller.home(), caller.environment()).all();
        all.forEach(provider -> provider.endpointOn(provider.routeFor(null)));
        List<Provider> through = all.stream()
                .filter(provider -> provider.routeFor(null) == Route.GATEWAY)
                .toList();
        String passed = ids(through, false);
        return Check.well(
                "gateway", "translates for " + ids(through, true) + (passed.isEmpty() ? "" : "; counts for " + passed));
    }

    private static String ids(List<Provider> providers, boolean translated) {
        return providers.stream()
                .filter(provider -> provider.isTranslatedOn(Route.GATEWAY) == translated)
                .map(Provider::id)
                .collect(Collectors.joining(", "));
    }

    private static Check keys(Caller caller) {
        List<String> set = Providers.load(caller.home(), caller.environment()).all().stream()
                .filter(provider -> provider.auth().needsKey())
                .map(Provider::apiKeyVar)
                .filter(name -> !caller.variable(name).isEmpty())
                .distinct()
                .toList();
        return Check.well(
                "keys", set.isEmpty() ? "none is set; anthropic uses your Claude login" : String.join(", ", set));
    }

    private Check server(KatraHome home) {
        Optional<ServerFile> running = servers.running(home);
        if (running.isPresent()) {
            return Check.well(
                    "server",
                    "running on " + running.get().uri() + ", version "
                            + running.get().version());
        }
        int port = ServerFile.read(home).map(ServerFile::port).orElse(ServerStarter.USUAL_PORT);
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return Check.well("server", "not running; port " + probe.getLocalPort() + " is free");
        } catch (IOException e) {
            return Check.wrong(
                    "server",
                    "not running, and port " + port + " is taken",
                    "free it, or run katra server start --port N");
        }
    }
}
