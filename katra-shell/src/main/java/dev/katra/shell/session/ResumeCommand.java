package dev.katra.shell.session;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Persona;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.session.PastSession;
import dev.katra.core.session.Place;
import dev.katra.core.session.Session;
import dev.katra.core.session.SessionPurpose;
import dev.katra.core.session.SessionService;
import dev.katra.core.upstream.Upstream;
import dev.katra.launcher.Launcher;
import dev.katra.launcher.StartRequest;
import dev.katra.launcher.StartRequest.ClientStart;
import dev.katra.launcher.StartRequest.ModelChoice;
import dev.katra.launcher.StartRequest.Workplace;
import dev.katra.launcher.agent.Agent;
import dev.katra.launcher.agent.AgentConversations;
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
import dev.katra.shell.provider.ModelOptions;
import dev.katra.shell.session.ResumableConversations.ResumableConversation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
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
            description = "Go on with a persona's last provider, model, folder and {agent-name} conversation")
    @Runs(wholeEnvironment = true, startsAgent = true, ownerOnly = true)
    Outcome resume(
            Caller caller,
            ResumeOptions options,
            @Takes(value = Takes.ValueKind.ENDED_PERSONA, optional = true) @Arguments List<String> persona,
            @PassThroughArguments("{agent-command} arguments…") List<String> passedOn) {
        boolean all = options.all();
        if (all != persona.isEmpty()) {
            throw Failure.invalid(all ? "give names or --all, not both" : "which session?")
                    .hint("katra resume NAME…, or katra resume --all");
        }
        if (options.conversation() != null && persona.size() != 1) {
            throw Failure.invalid("--conversation takes one session").hint("katra resume NAME --conversation ID");
        }
        List<Persona> wanted = all
                ? sessions.endedTogether().stream().map(PastSession::persona).toList()
                : persona.stream().map(personas::get).distinct().toList();
        if (wanted.isEmpty()) {
            caller.note("no session has ended without being stopped; all that have ended: katra list --all");
            return Outcome.OK;
        }
        Wishes wishes = new Wishes(options, all || wanted.size() > 1, passedOn);
        return wanted.size() == 1 ? resume(caller, wanted.get(0), wishes) : resumeAll(caller, wanted, wishes);
    }

    /**
     * The wishes say how to go on.
     *
     * @param several true if more than one session may be resumed, none of which can take the terminal then
     */
    private record Wishes(ResumeOptions options, boolean several, List<String> passedOn) {

        LaunchOptions launch() {
            return options.launch();
        }

        boolean inBackground(Session last) {
            return several || launch().place().background() || last.screen().place() == Place.TMUX;
        }
    }

    /** Resumes sessions one after the other. One that does not come up keeps none of the others from it. */
    private Outcome resumeAll(Caller caller, List<Persona> wanted, Wishes wishes) {
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

    private Outcome resume(Caller caller, Persona known, Wishes wishes) {
        Session last = sessions.lastOf(known)
                .orElseThrow(() -> Failure.notFound(known.name() + " has no session to go on with")
                        .hint("katra start " + known.name()));
        Workplace workplace = workplace(caller, last, known, wishes);
        if (!workplace.background()) {
            ForegroundCheck.requireTerminal(caller, agent, wishes.passedOn());
        }
        ProviderCatalog catalog = ProviderLoader.load(caller.home(), caller.environment());
        ModelOptions asked = wishes.launch().model();
        Provider next = catalog.get(asked.provider() == null ? last.source().provider() : asked.provider());
        boolean changed = !next.id().equals(last.source().provider());
        String fallback = fallback(last, changed, wishes.launch().fallback());
        boolean falls = !Provider.fallbackIds(fallback == null ? next.fallback() : fallback)
                .isEmpty();
        Route route = asked.route() == null && !changed && !falls
                ? Route.parse(last.source().route())
                : asked.route();
        Optional<ResumableConversation> going = conversation(caller, known, last, workplace, wishes);
        going.map(ResumableConversation::session)
                .filter(held -> !held.source().provider().equals(next.id()))
                .ifPresent(held -> caller.note("katra: warning: the conversation was held with "
                        + held.source().provider()
                        + thinkingRemark(held, wasTranslated(held, catalog), next, next.routeFor(route))));
        StartRequest request = new StartRequest(
                known.name(),
                new ModelChoice(
                        next.id(),
                        asked.model() == null && !changed ? last.source().model() : asked.model(),
                        route,
                        fallback,
                        wishes.launch().trace()),
                workplace,
                new SessionPurpose(
                        last.purpose().role(),
                        wishes.launch().wake(last.purpose().wake())),
                new ClientStart(
                        wishes.launch().work().prompt(),
                        going.map(ResumableConversation::id).orElse(null),
                        wishes.passedOn()),
                wishes.launch().replace());
        return StartReport.outcome(
                caller, launcher.start(request, StartReport.launchCaller(caller, request.persona())));
    }

    /** Returns the fallbacks that were asked for, otherwise those of last time; null for those of the provider's entry. */
    private @Nullable String fallback(Session last, boolean changed, @Nullable String asked) {
        if (asked != null || changed) {
            return asked;
        }
        return sessions.upstream(last.id())
                .map(Upstream::fallbackIds)
                .filter(ids -> !ids.isEmpty())
                .orElse(null);
    }

    private static Workplace workplace(Caller caller, Session last, Persona known, Wishes wishes) {
        Path folder = wishes.launch().folder(caller, Path.of(last.folder()));
        if (wishes.launch().place().cwd() == null && !Files.isDirectory(folder)) {
            throw Failure.notFound("the folder of " + known.name() + "'s last session is gone: " + folder)
                    .hint("katra resume " + known.name() + " --cwd FOLDER, which begins a new conversation there");
        }
        return new Workplace(folder, wishes.inBackground(last), last.client().isolated());
    }

    private Optional<ResumableConversation> conversation(
            Caller caller, Persona known, Session last, Workplace workplace, Wishes wishes) {
        AgentConversations kept = last.client().isolated()
                ? agent.isolatedConversations(caller.home(), known.name())
                : agent.conversations(caller.environment());
        return ResumableConversations.of(
                        known, last.client().isolated(), workplace.folder().toString(), sessions, kept)
                .choose(wishes.options().conversation(), caller::note);
    }

    /** Returns what becomes of the thinking in a conversation that goes on with another provider. */
    private static String thinkingRemark(Session held, boolean translated, Provider next, Route route) {
        if (next.isTranslatedOn(route) || (translated && route == Route.GATEWAY)) {
            return ", whose thinking " + next.id() + " cannot read; the gateway leaves it out";
        }
        String asItIs = "; " + next.id() + " gets it as it is, and may refuse the thinking, which only "
                + held.source().provider() + " can read";
        return translated ? asItIs + " (--route gateway leaves it out)" : asItIs;
    }

    /** Returns whether the gateway translated a conversation, and so knows its thinking when it sees it again. */
    private static boolean wasTranslated(Session held, ProviderCatalog catalog) {
        return catalog.find(held.source().provider())
                .filter(provider ->
                        provider.isTranslatedOn(Route.parse(held.source().route())))
                .isPresent();
    }
}
