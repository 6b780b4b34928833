package dev.katra.shell.provider;

import dev.katra.launcher.agent.Agent;
import dev.katra.launcher.environment.EnvironmentVariable;
import dev.katra.launcher.environment.LaunchTarget;
import dev.katra.launcher.environment.SessionEnvironment;
import dev.katra.launcher.environment.SessionIdentity;
import dev.katra.launcher.provider.Provider;
import dev.katra.launcher.provider.ProviderCatalog;
import dev.katra.launcher.provider.ProviderLoader;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Example;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Json;
import dev.katra.shell.console.OptionText;
import dev.katra.shell.console.OutputFormat;
import dev.katra.shell.console.Runs;
import dev.katra.shell.server.ServerPort;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.stereotype.Component;

/** The command {@code katra env} prints the environment that a session would get. */
@Component
class EnvCommand {

    private final Agent agent;

    EnvCommand(Agent agent) {
        this.agent = agent;
    }

    /** The value that stands for a missing key, where no session is to be started with it. */
    private static final String NOT_SET = "(not-set)";

    /** A Row is one variable, for {@code --json}. */
    record Row(String name, String value, String source) {}

    @Example(
            value = "katra env --provider openai",
            synonyms = {"environment", "printenv", "vars"})
    @Command(
            name = "env",
            group = Groups.PROVIDERS,
            description =
                    "Show the exact environment a session would get, secrets masked, with the source of each value")
    @Runs(at = Runs.Where.ANYWHERE, wholeEnvironment = true, ownerOnly = true)
    void env(
            Caller caller,
            @OptionText(option = "provider", value = "the provider (default: the default provider)")
                    @OptionText(option = "model", value = "the model")
                    ModelOptions model,
            @OptionText("an array of objects") OutputFormat format) {
        ProviderCatalog catalog = ProviderLoader.load(caller.home(), caller.environment());
        int port = ServerPort.of(caller.home(), caller.environment());
        Provider wanted = catalog.get(model.provider() == null ? catalog.defaultId() : model.provider());
        String missing = missingKey(wanted, caller);
        Map<String, String> callers = new HashMap<>(caller.environment());
        if (!missing.isEmpty()) {
            callers.put(missing, NOT_SET);
            caller.note("katra: warning: " + missing + " is not set, and without it no session starts on " + wanted.id()
                    + "; export " + missing + "=your-key-here");
        }
        for (String id : Provider.fallbackIds(wanted.fallback())) {
            Provider fallback = catalog.get(id);
            if (fallback.auth().needsKey()
                    && caller.variable(fallback.apiKeyVar()).isBlank()) {
                callers.put(fallback.apiKeyVar(), NOT_SET);
                caller.note("katra: warning: " + fallback.apiKeyVar() + " is not set, and without it no session starts"
                        + " with the fallback " + id + "; export " + fallback.apiKeyVar() + "=your-key-here");
            }
        }
        SessionEnvironment environment = agent.environment(
                catalog,
                new LaunchTarget(wanted.id(), model.model(), model.route()),
                SessionIdentity.placeholder(
                        "http://127.0.0.1:" + port, caller.environment().get("KATRA_HOME")),
                callers);
        environment.warnings().forEach(warning -> caller.note("katra: warning: " + warning));
        agent.upstream(environment, false).ifPresent(upstream -> {
            caller.note("katra: behind the gateway is " + upstream.endpoint() + " ("
                    + upstream.protocol().externalName() + ")");
            upstream.fallbacks()
                    .forEach(fallback -> caller.note("katra: if that does not answer, " + fallback.provider()
                            + " does: " + fallback.endpoint() + " ("
                            + fallback.protocol().externalName() + ")"));
        });
        if (environment.userLogin()) {
            agent.settings(environment.asMap(), caller.folder())
                    .login()
                    .text()
                    .ifPresent(text -> caller.note("katra: " + text + ", whatever stands here"));
        }
        if (format.json()) {
            caller.print(Json.of(environment.variables().stream()
                    .map(v -> new Row(v.name(), shown(v, missing), source(v, missing)))
                    .toList()));
            return;
        }
        List<EnvironmentVariable> variables = environment.variables();
        for (EnvironmentVariable variable : variables) {
            caller.print(variable.name() + "=" + shown(variable, missing) + "    # " + source(variable, missing));
        }
    }

    /** Returns the variable of the key that the provider needs and the caller does not have; empty if there is none. */
    private static String missingKey(Provider provider, Caller caller) {
        boolean missing = provider.auth().needsKey()
                && !provider.hasLogin()
                && caller.variable(provider.apiKeyVar()).isBlank();
        return missing ? provider.apiKeyVar() : "";
    }

    private static String shown(EnvironmentVariable variable, String missing) {
        return isMissing(variable, missing) ? NOT_SET : variable.masked();
    }

    private static String source(EnvironmentVariable variable, String missing) {
        return isMissing(variable, missing)
                ? "your " + missing + ", which is not set"
                : variable.source().toString();
    }

    private static boolean isMissing(EnvironmentVariable variable, String missing) {
        return !missing.isEmpty() && variable.secret() && variable.value().equals(NOT_SET);
    }
}
