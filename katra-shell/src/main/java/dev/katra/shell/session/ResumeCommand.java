package dev.katra.shell.session;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Persona;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.session.Place;
import dev.katra.core.session.Session;
import dev.katra.core.session.SessionService;
import dev.katra.core.session.WakePolicy;
import dev.katra.launcher.LaunchCaller;
import dev.katra.launcher.Launcher;
import dev.katra.launcher.StartRequest;
import dev.katra.launcher.claude.ClaudeConversations;
import dev.katra.launcher.provider.Provider;
import dev.katra.launcher.provider.ProviderCatalog;
import dev.katra.launcher.provider.Providers;
import dev.katra.launcher.provider.Route;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Outcome;
import dev.katra.shell.console.PassThrough;
import dev.katra.shell.console.Runs;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;
import org.springframework.stereotype.Component;

/** {@code katra resume}: goes on with a persona's last session. */
@Component
class ResumeCommand {

    private final Launcher launcher;
    private final PersonaService personas;
    private final SessionService sessions;

    ResumeCommand(Launcher launcher, PersonaService personas, SessionService sessions) {
        this.launcher = launcher;
        this.personas = personas;
        this.sessions = sessions;
    }

    @Command(
            name = "resume",
            group = Groups.SESSIONS,
            description = "Go on with a persona's last provider, model, folder and Claude conversation")
    @Runs(wholeEnvironment = true, startsClaude = true, ownerOnly = true)
    Outcome resume(
            Caller caller,
            @Argument(index = 0) String persona,
            @Option(longName = "provider", description = "another provider than last time") @Nullable String provider,
            @Option(longName = "model", description = "another model than last time") @Nullable String model,
            @Option(longName = "route", description = "another route than last time") @Nullable String route,
            @Option(
                            longName = "background",
                            shortName = 'b',
                            description = "run in a tmux session, wherever it ran last")
                    boolean background,
            @Option(
                            longName = "wake",
                            description = "which mail wakes it when idle, if not as last time: direct, all or never")
                    @Nullable
                    String wake,
            @Option(longName = "prompt", description = "what to go on with") @Nullable String prompt,
            @Option(longName = "replace", description = "end the persona's running session first") boolean replace,
            @Option(
                            longName = "trace",
                            description = "write requests and answers, redacted, to the session's folder (gateway)")
                    boolean trace,
            @Option(
                            longName = "yes",
                            shortName = 'y',
                            description = "install Claude Code without asking if it is missing")
                    boolean yes,
            @PassThrough("claude arguments…") List<String> claudeArguments) {
        Persona known = personas.get(persona);
        Session last = sessions.lastOf(known)
                .orElseThrow(() -> Failure.notFound(known.name() + " has no session to go on with")
                        .hint("katra start --persona " + known.name()));
        ProviderCatalog catalog = Providers.load(caller.home(), caller.environment());
        Provider next = catalog.get(provider == null ? last.provider() : provider);
        boolean changed = !next.id().equals(last.provider());
        Route asked = route != null ? Route.parse(route) : changed ? null : Route.parse(last.route());
        Optional<Session> conversation = conversation(caller, known, last);
        conversation
                .filter(held -> !held.provider().equals(next.id()))
                .ifPresent(held -> caller.note("katra: warning: the conversation was held with " + held.provider()
                        + fate(held, translated(held, catalog), next, next.routeFor(asked))));
        StartRequest request = new StartRequest(
                known.name(),
                next.id(),
                model == null && !changed ? last.model() : model,
                asked,
                background || last.place() == Place.TMUX,
                Path.of(last.folder()),
                last.role(),
                last.isolated(),
                wake == null ? last.wake() : WakePolicy.of(wake),
                prompt,
                replace,
                trace,
                conversation.map(Session::claudeSessionId).orElse(null),
                claudeArguments);
        return Started.outcome(
                caller, launcher.start(request, new LaunchCaller(caller.environment(), caller.folder(), caller::note)));
    }

    /** What becomes of the thinking in a conversation that goes on with another provider. */
    private static String fate(Session held, boolean translated, Provider next, Route route) {
        if (next.isTranslatedOn(route) || (translated && route == Route.GATEWAY)) {
            return ", whose thinking " + next.id() + " cannot read; the gateway leaves it out";
        }
        String asItIs = "; " + next.id() + " gets it as it is, and may refuse the thinking, which only "
                + held.provider() + " can read";
        return translated ? asItIs + " (--route gateway leaves it out)" : asItIs;
    }

    /** Whether the gateway translated a conversation, and so knows its thinking when it sees it again. */
    private static boolean translated(Session held, ProviderCatalog catalog) {
        return catalog.find(held.provider())
                .filter(provider -> provider.isTranslatedOn(Route.parse(held.route())))
                .isPresent();
    }

    /** The newest conversation of the persona that the client has kept; empty for a new one. */
    private Optional<Session> conversation(Caller caller, Persona persona, Session last) {
        ClaudeConversations kept = last.isolated()
                ? ClaudeConversations.isolated(caller.home(), persona.name())
                : ClaudeConversations.ofCaller(caller.environment());
        for (Session session : sessions.recentOf(persona)) {
            if (session.isolated() == last.isolated()
                    && session.folder().equals(last.folder())
                    && kept.has(session.claudeSessionId())) {
                return Optional.of(session);
            }
        }
        caller.note("katra: nothing was said in a conversation of " + persona.name() + " in " + last.folder()
                + " yet; starting a new one");
        return Optional.empty();
    }
}
