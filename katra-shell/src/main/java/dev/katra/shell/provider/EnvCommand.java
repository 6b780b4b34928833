package dev.katra.shell.provider;

import dev.katra.launcher.environment.EnvironmentVariable;
import dev.katra.launcher.environment.LaunchTarget;
import dev.katra.launcher.environment.SessionEnvironment;
import dev.katra.launcher.environment.SessionEnvironments;
import dev.katra.launcher.environment.SessionIdentity;
import dev.katra.launcher.provider.ProviderCatalog;
import dev.katra.launcher.provider.Providers;
import dev.katra.launcher.provider.Route;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Json;
import dev.katra.shell.console.Runs;
import dev.katra.shell.server.ServerFile;
import dev.katra.shell.server.ServerStarter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;
import org.springframework.stereotype.Component;

/** {@code katra env}: the environment that a session would get. */
@Component
class EnvCommand {

    /** One variable, for {@code --json}. */
    record Row(String name, String value, String source) {}

    @Command(
            name = "env",
            group = Groups.PROVIDERS,
            description =
                    "Show the exact environment a session would get, secrets masked, with the source of each value")
    @Runs(at = Runs.Where.ANYWHERE, wholeEnvironment = true)
    void env(
            Caller caller,
            @Option(longName = "provider", description = "the provider (default: the default provider)") @Nullable
                    String provider,
            @Option(longName = "model", description = "the model") @Nullable String model,
            @Option(longName = "route", description = "auto, direct, gateway or verbatim") @Nullable String route,
            @Option(longName = "json", description = "print an array of objects") boolean json) {
        ProviderCatalog catalog = Providers.load(caller.home(), caller.environment());
        int port = ServerFile.read(caller.home()).map(ServerFile::port).orElse(ServerStarter.USUAL_PORT);
        SessionEnvironment environment = SessionEnvironments.build(
                catalog,
                new LaunchTarget(
                        provider == null ? catalog.defaultId() : provider,
                        model,
                        route == null ? null : Route.parse(route)),
                SessionIdentity.placeholder(
                        "http://127.0.0.1:" + port, caller.environment().get("KATRA_HOME")),
                caller.environment());
        environment.warnings().forEach(warning -> caller.note("katra: warning: " + warning));
        environment
                .upstream(false)
                .ifPresent(upstream -> caller.note("katra: behind the gateway is " + upstream.endpoint() + " ("
                        + upstream.protocol().word() + ")"));
        if (json) {
            caller.print(Json.of(environment.variables().stream()
                    .map(v -> new Row(v.name(), v.masked(), v.source().toString()))
                    .toList()));
            return;
        }
        List<EnvironmentVariable> variables = environment.variables();
        for (EnvironmentVariable variable : variables) {
            caller.print(variable.name() + "=" + variable.masked() + "    # " + variable.source());
        }
    }
}
