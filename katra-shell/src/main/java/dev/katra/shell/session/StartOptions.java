package dev.katra.shell.session;

import dev.katra.core.failure.Failure;
import dev.katra.core.session.SessionPurpose;
import dev.katra.core.session.WakePolicy;
import dev.katra.launcher.StartRequest;
import dev.katra.launcher.StartRequest.ClientStart;
import dev.katra.launcher.StartRequest.ModelChoice;
import dev.katra.launcher.StartRequest.Workplace;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.OptionOrder;
import dev.katra.shell.console.Takes;
import dev.katra.shell.provider.ModelOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Option;

/**
 * The options of {@code katra start}.
 *
 * @param persona the session's name, which may be an argument too
 * @param role what the persona is there for; null for nothing in particular
 * @param isolated true if it uses a configuration of Claude Code that belongs to Katra
 * @param ifMissing true if a session that runs already is left as it is
 */
@OptionOrder(
        "persona provider model background role cwd route fallback isolated wake prompt replace if-missing trace yes")
record StartOptions(
        @Takes(Takes.ValueKind.PERSONA)
        @Option(longName = "persona", description = "the same name, as an option")
        @Nullable
        String persona,

        @Takes(Takes.ValueKind.TEXT)
        @Option(longName = "role", description = "what the persona is there for, told to the model")
        @Nullable
        String role,

        @Option(
                longName = "isolated",
                description = "with a {agent-name} configuration of Katra's own, first-run questions answered")
        boolean isolated,

        @Option(longName = "if-missing", description = "leave a session that runs already as it is")
        boolean ifMissing,

        LaunchOptions launch) {

    /**
     * Returns the request for the session of that name.
     *
     * @param name the argument; null if the name is an option
     * @throws Failure INVALID if there is no name, or two different ones
     */
    StartRequest request(Caller caller, @Nullable String name, List<String> passedOn) {
        ModelOptions model = launch.model();
        return new StartRequest(
                named(name),
                new ModelChoice(model.provider(), model.model(), model.route(), launch.fallback(), launch.trace()),
                new Workplace(
                        launch.folder(caller, caller.folder()), launch.place().background(), isolated),
                new SessionPurpose(role, launch.wake(WakePolicy.DIRECT)),
                new ClientStart(launch.work().prompt(), passedOn),
                launch.replace());
    }

    private String named(@Nullable String name) {
        if (name != null && persona != null && !name.equals(persona)) {
            throw Failure.invalid("the session is named twice, \"" + name + "\" and \"" + persona + "\"")
                    .hint("katra start " + name);
        }
        if (name != null) {
            return name;
        }
        if (persona == null) {
            throw Failure.invalid("the session needs a name, under which it has its mail and its memories")
                    .hint("any name: katra start Sam");
        }
        return persona;
    }
}
