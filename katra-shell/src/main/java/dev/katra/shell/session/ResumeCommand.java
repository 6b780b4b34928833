package dev.katra.shell.session;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Persona;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.session.PastSession;
import dev.katra.core.session.Place;
import dev.katra.core.session.Session;
import dev.katra.core.session.SessionService;
import dev.katra.core.session.WakePolicy;
import dev.katra.launcher.Launcher;
import dev.katra.launcher.StartRequest;
import dev.katra.launcher.agent.Agent;
import dev.katra.launcher.agent.AgentConversations;
import dev.katra.launcher.StartRequest.ClientStart;
import dev.katra.launcher.StartRequest.ModelChoice;
import dev.katra.launcher.StartRequest.Purpose;
import dev.katra.launcher.StartRequest.Workplace;
import dev.katra.launcher.provider.Provider;
import dev.katra.launcher.provider.ProviderCatalog;
import dev.katra.launcher.provider.ProviderLoader;
import dev.katra.launcher.provider.Route;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Example;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Outcome;
import dev.katra.shell.console.PassThroughArguments;
import dev.katra.shell.console.Runs;
import dev.katra.shell.console.Takes;
import dev.katra.shell.session.ResumableConversations.ResumableConversation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;
import org.springframework.stereotype.Component;

/** The command {@code katra resume} goes on with a persona's last session. */
@Component
class ResumeCommand {

    private final Agent agent;
    private final Launcher launcher;
    private final PersonaService personas;
    private final SessionService sessions;

    ResumeCommand(Agent agent, Launcher launcher, PersonaService personas, SessionService sessions) {
        this.agent = agent;
        this.launcher = launcher;
        this.personas = personas;
        this.sessions = sessions;
    }

    @Example(
            value = "katra resume Sam --prompt \"Where were we?\"",
            synonyms = {"continue", "restart", "reopen"})
    @Command(
            name = "resume",
            group = Groups.SESSIONS,
            description = "Go on with a persona's last provider, model, folder and Claude conversation")
    @Runs(wholeEnvironment = true, startsAgent = true, ownerOnly = true)
    Outcome resume(
            Caller caller,
            @Option(longName = "all", description = "all that ended together without being stopped, as in a restart")
                    boolean all,
            @Takes(Takes.ValueKind.FOLDER)
                    @Option(longName = "cwd", description = "another folder than last time")
                    @Nullable
                    String cwd,
            @Takes(Takes.ValueKind.PROVIDER)
                    @Option(longName = "provider", description = "another provider than last time")
                    @Nullable
                    String provider,
            @Takes(Takes.ValueKind.MODEL)
                    @Option(longName = "model", description = "another model than last time")
                    @Nullable
                    String model,
            @Takes(Takes.ValueKind.ROUTE)
                    @Option(longName = "route", description = "another route than last time")
                    @Nullable
                    String route,
            @Option(
                            longName = "background",
                            shortName = 'b',
                            description = "run in a tmux session, wherever it ran last")
                    boolean background,
            @Takes(Takes.ValueKind.WAKE_POLICY)
                    @Option(
                            longName = "wake",
                            description = "which mail wakes it when idle, if not as last time: direct, all or never")
                    @Nullable
                    String wake,
            @Takes(Takes.ValueKind.TEXT) @Option(longName = "prompt", description = "what to go on with") @Nullable
                    String prompt,
            @Takes(Takes.ValueKind.CONVERSATION)
                    @Option(
                            longName = "conversation",
                            description = "an earlier conversation of the persona, by the beginning of its id")
                    @Nullable
                    String conversation,
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
            @Takes(value = Takes.ValueKind.ENDED_PERSONA, optional = true) @Arguments List<String> persona,
            @PassThroughArguments("claude arguments…") List<String> claudeArguments) {
        if (all != persona.isEmpty()) {
            throw Failure.invalid(all ? "give names or --all, not both" : "which session?")
                    .hint("katra resume NAME…, or katra resume --all");
        }
        if (conversation != null && persona.size() != 1) {
            throw Failure.invalid("--conversation takes one session").hint("katra resume NAME --conversation ID");
        }
        List<Persona> wanted = all
                ? sessions.endedTogether().stream().map(PastSession::persona).toList()
                : persona.stream().map(personas::get).distinct().toList();
        ResumeOptions wishes = new ResumeOptions(
                provider,
                model,
                route,
                cwd,
                background || all || wanted.size() > 1,
                wake,
                prompt,
                conversation,
                replace,
                trace,
                claudeArguments);
        if (wanted.isEmpty()) {
            caller.note("no session has ended without being stopped; all that have ended: katra list --all");
            return Outcome.OK;
        }
        return wanted.size() == 1 ? resume(caller, wanted.get(0), wishes) : resumeAll(caller, wanted, wishes);
    }

    /** The options say what shall be otherwise than last time, and what to go on with. */
    private record ResumeOptions(
            @Nullable String provider,
            @Nullable String model,
            @Nullable String route,
            @Nullable String cwd,
            boolean background,
            @Nullable String wake,
            @Nullable String prompt,
            @Nullable String conversation,
            boolean replace,
            boolean trace,
            List<String> claudeArguments) {}

    /** Resumes sessions one after the other. One that does not come up keeps none of the others from it. */
    private Outcome resumeAll(Caller caller, List<Persona> wanted, ResumeOptions wishes) {
        List<String> failed = new ArrayList<>();
        for (Persona persona : wanted) {
            try {
                resume(caller, persona, wishes);
            } catch (Failure e) {
                if (e.code() == Failure.Code.CANCELLED) {
                    throw e;
                }
                failed.add(persona.name());
                caller.note("katra: " + persona.name() + ": " + e.text()
                        + e.hint().map(hint -> " (hint: " + hint + ")").orElse(""));
            }
        }
        if (!failed.isEmpty()) {
            throw Failure.unavailable(
                            failed.size() + " of " + wanted.size() + " did not come up: " + String.join(", ", failed))
                    .hint("katra resume " + String.join(" ", failed));
        }
        return Outcome.OK;
    }

    private Outcome resume(Caller caller, Persona known, ResumeOptions wishes) {
        String provider = wishes.provider();
        String model = wishes.model();
        String route = wishes.route();
        String wake = wishes.wake();
        Session last = sessions.lastOf(known)
                .orElseThrow(() -> Failure.notFound(known.name() + " has no session to go on with")
                        .hint("katra start " + known.name()));
        Path folder = wishes.cwd() == null
                ? Path.of(last.folder())
                : caller.folder().resolve(wishes.cwd()).normalize();
        if (wishes.cwd() == null && !Files.isDirectory(folder)) {
            throw Failure.notFound("the folder of " + known.name() + "'s last session is gone: " + folder)
                    .hint("katra resume " + known.name() + " --cwd FOLDER, which begins a new conversation there");
        }
        boolean background = wishes.background() || last.place() == Place.TMUX;
        if (!background) {
            ForegroundCheck.requireTerminal(caller, wishes.claudeArguments());
        }
        ProviderCatalog catalog = ProviderLoader.load(caller.home(), caller.environment());
        Provider next = catalog.get(provider == null ? last.provider() : provider);
        boolean changed = !next.id().equals(last.provider());
        Route asked = route != null ? Route.parse(route) : changed ? null : Route.parse(last.route());
        AgentConversations kept = last.isolated()
                ? agent.isolatedConversations(caller.home(), known.name())
                : agent.conversations(caller.environment());
        Optional<ResumableConversation> going = ResumableConversations.of(
                        known, last.isolated(), folder.toString(), sessions, kept)
                .choose(wishes.conversation(), caller::note);
        going.map(ResumableConversation::session)
                .filter(held -> !held.provider().equals(next.id()))
                .ifPresent(held -> caller.note("katra: warning: the conversation was held with " + held.provider()
                        + thinkingRemark(held, wasTranslated(held, catalog), next, next.routeFor(asked))));
        StartRequest request = new StartRequest(
                known.name(),
                new ModelChoice(next.id(), model == null && !changed ? last.model() : model, asked, wishes.trace()),
                new Workplace(folder, background, last.isolated()),
                new Purpose(last.role(), wake == null ? last.wake() : WakePolicy.of(wake)),
                new ClientStart(
                        wishes.prompt(), going.map(ResumableConversation::id).orElse(null), wishes.claudeArguments()),
                wishes.replace());
        return StartReport.outcome(
                caller, launcher.start(request, StartReport.launchCaller(caller, request.persona())));
    }

    /** Returns what becomes of the thinking in a conversation that goes on with another provider. */
    private static String thinkingRemark(Session held, boolean translated, Provider next, Route route) {
        if (next.isTranslatedOn(route) || (translated && route == Route.GATEWAY)) {
            return ", whose thinking " + next.id() + " cannot read; the gateway leaves it out";
        }
        String asItIs = "; " + next.id() + " gets it as it is, and may refuse the thinking, which only "
                + held.provider() + " can read";
        return translated ? asItIs + " (--route gateway leaves it out)" : asItIs;
    }

    /** Returns whether the gateway translated a conversation, and so knows its thinking when it sees it again. */
    private static boolean wasTranslated(Session held, ProviderCatalog catalog) {
        return catalog.find(held.provider())
                .filter(provider -> provider.isTranslatedOn(Route.parse(held.route())))
                .isPresent();
    }
}
