package dev.katra.launcher;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.core.home.ServerAddress;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.session.ClaimedSession;
import dev.katra.core.session.LiveSession;
import dev.katra.core.session.ModelSource;
import dev.katra.core.session.Place;
import dev.katra.core.session.Session;
import dev.katra.core.session.SessionClaim;
import dev.katra.core.session.SessionClient;
import dev.katra.core.session.SessionEndpoint;
import dev.katra.core.session.SessionService;
import dev.katra.launcher.agent.Agent;
import dev.katra.launcher.agent.AgentLaunch;
import dev.katra.launcher.agent.AgentLaunch.Briefing;
import dev.katra.launcher.agent.AgentLaunch.LaunchConversation;
import dev.katra.launcher.agent.AgentSession;
import dev.katra.launcher.agent.AgentSettings;
import dev.katra.launcher.agent.PreparedLaunch;
import dev.katra.launcher.agent.Restriction;
import dev.katra.launcher.agent.SessionSite;
import dev.katra.launcher.environment.LaunchTarget;
import dev.katra.launcher.environment.SessionEnvironment;
import dev.katra.launcher.environment.SessionIdentity;
import dev.katra.launcher.plan.LaunchPlan;
import dev.katra.launcher.plan.LaunchPlans;
import dev.katra.launcher.plan.SessionStub;
import dev.katra.launcher.process.ProcessRunner;
import dev.katra.launcher.provider.ProviderCatalog;
import dev.katra.launcher.provider.ProviderLoader;
import dev.katra.launcher.provider.Route;
import dev.katra.launcher.tmux.Tmux;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts sessions, and checks everything that can be wrong before it starts anything. */
public final class Launcher {

    private static final Logger LOG = LoggerFactory.getLogger(Launcher.class);

    private final Agent agent;
    private final KatraHome home;
    private final ServerAddress server;
    private final SessionService sessions;
    private final PersonaService personas;
    private final ProcessRunner processes;
    private final StartAwaiter startAwaiter;
    private final SessionTerminator terminator;
    private final ClientWatch clients;

    Launcher(
            Agent agent,
            KatraHome home,
            ServerAddress server,
            SessionService sessions,
            PersonaService personas,
            ProcessRunner processes,
            StartAwaiter startAwaiter,
            SessionTerminator terminator,
            ClientWatch clients) {
        this.agent = agent;
        this.home = home;
        this.server = server;
        this.sessions = sessions;
        this.personas = personas;
        this.processes = processes;
        this.startAwaiter = startAwaiter;
        this.terminator = terminator;
        this.clients = clients;
    }

    /**
     * Starts a session. For a background session it returns once the agent has connected to the server; for one in
     * the foreground it returns the command that the caller's process must become.
     *
     * @throws Failure INVALID for a wrong request or configuration; NOT_FOUND for an unknown provider or folder;
     *     CONFLICT if the persona runs already; UNAVAILABLE for a missing key or program, for a client that ended or
     *     that waits for a person
     */
    public StartOutcome start(StartRequest request, LaunchCaller caller) {
        personas.requireName(request.persona());
        if (!Files.isDirectory(request.folder())) {
            throw Failure.notFound("there is no folder " + request.folder())
                    .hint("make it first, or name another: --cwd FOLDER");
        }
        ProviderCatalog catalog = ProviderLoader.load(home, caller.environment());
        LaunchTarget target = request.choice().target(catalog.defaultId());
        AgentSession agentSession = agent.session(request.client().arguments());
        SessionEnvironment preview = environment(catalog, target, request.persona(), "", caller);
        if (request.choice().trace() && preview.route() != Route.GATEWAY) {
            throw Failure.invalid("the gateway writes the trace, and this session would take the route "
                            + preview.route().externalName())
                    .hint("add --route gateway, or leave --trace out");
        }
        Path program = agent.installation()
                .find(home, caller.environment(), caller.folder())
                .orElseThrow(agent.installation()::missing);
        Tmux tmux = new Tmux(processes, caller.environment(), request.folder());
        if (request.workplace().background()) {
            tmux.version();
        }
        List<String> notes = warnings(preview, agentSession.settings(preview, site(request, request.persona())));
        Stream.concat(preview.warnings().stream(), notes.stream())
                .forEach(warning -> caller.notes().accept("katra: warning: " + warning));
        personas.find(request.persona())
                .flatMap(persona -> sessions.liveOf(persona).map(live -> new LiveSession(live, persona)))
                .ifPresent(live -> {
                    if (request.replace()) {
                        terminator.end(live.session(), caller);
                    } else {
                        checkProcess(live); // it may have ended since somebody looked last
                    }
                });
        ClaimedSession claimed = sessions.claim(new SessionClaim(
                request.persona(),
                new ModelSource(
                        preview.provider().id(),
                        preview.model(),
                        preview.route().externalName()),
                request.workplace().background() ? Place.TMUX : Place.TERMINAL,
                request.folder(),
                request.purpose(),
                new SessionClient(
                        request.client().conversation() == null
                                ? UUID.randomUUID().toString()
                                : request.client().conversation(),
                        request.workplace().isolated()),
                new SessionEndpoint(
                        preview.provider().prices(),
                        agent.upstream(preview, request.choice().trace()).orElse(null))));
        try {
            SessionEnvironment environment =
                    environment(catalog, target, claimed.persona().name(), claimed.token(), caller);
            List<String> command = plan(request, claimed, environment, program, agentSession);
            SessionWarnings.write(home.session(claimed.session().uid()), notes);
            if (request.choice().trace()) {
                caller.notes()
                        .accept("katra: requests and answers are written, without keys, to "
                                + SessionTraces.folder(home, claimed.session()) + ", which Katra keeps for "
                                + SessionTraces.RETENTION.toDays() + " days");
            }
            if (!request.workplace().background()) {
                return new StartOutcome.Foreground(claimed.session(), command);
            }
            return startAwaiter.startAndAwait(claimed, tmux, request.folder(), command, caller);
        } catch (RuntimeException e) {
            if (!(e instanceof Failure failure && StartAwaiter.sessionStillRuns(failure))) {
                terminator.markFailed(claimed.session());
            }
            throw e;
        }
    }

    /** Writes the session's files and its launch plan, and returns the command line that carries the plan out. */
    private List<String> plan(
            StartRequest request,
            ClaimedSession claimed,
            SessionEnvironment environment,
            Path program,
            AgentSession agentSession) {
        Session session = claimed.session();
        Path folder = KatraHome.privateFolder(home.session(session.uid()));
        if (request.choice().trace()) {
            KatraHome.privateFolder(SessionTraces.folder(home, session));
        }
        PreparedLaunch prepared = agentSession.prepare(new AgentLaunch(
                program,
                folder,
                new LaunchConversation(
                        session.client().conversationId(), request.client().conversation() != null),
                new Briefing(
                        claimed.persona().name(),
                        request.purpose().role(),
                        request.client().prompt()),
                environment,
                site(request, claimed.persona().name())));
        sessions.recordClientFolder(session.id(), prepared.configuration());
        Path plan = new LaunchPlan(prepared.variables(), prepared.command(), request.folder()).write(folder);
        return SessionStub.install(home).argv(plan);
    }

    private SessionSite site(StartRequest request, String persona) {
        return new SessionSite(
                home, request.folder(), server.uri(), request.workplace().isolated() ? persona : null);
    }

    /**
     * Returns the warnings about what the agent's own settings change for the session.
     *
     * @throws Failure UNAVAILABLE if a session would be of no use with these settings
     */
    private List<String> warnings(SessionEnvironment environment, AgentSettings settings) {
        List<Restriction> restrictions = settings.restrictions(server.uri());
        restrictions.stream().filter(Restriction::preventsStart).findFirst().ifPresent(restriction -> {
            throw Failure.unavailable(restriction.text()).hint(restriction.remedy());
        });
        List<String> notes =
                new ArrayList<>(restrictions.stream().map(Restriction::text).toList());
        if (environment.userLogin()) {
            settings.login()
                    .text()
                    .map(text -> environment.route() == Route.GATEWAY ? text + ", and bypasses Katra's gateway" : text)
                    .ifPresent(notes::add);
        }
        return notes;
    }

    /** Returns the warnings of a session's start that hold for its life. */
    public List<String> warnings(Session session) {
        return SessionWarnings.read(home, session);
    }

    private SessionEnvironment environment(
            ProviderCatalog catalog, LaunchTarget target, String persona, String token, LaunchCaller caller) {
        return agent.environment(
                catalog,
                target,
                new SessionIdentity(
                        persona,
                        token,
                        server.uri().toString(),
                        caller.environment().get(KatraHome.VARIABLE)),
                caller.environment());
    }

    /**
     * Checks the processes of these live sessions, and ends the sessions whose process is certainly gone. A claim ends
     * when its time is over, unless the system does not say whether a process came of it.
     */
    public void checkProcess(Collection<LiveSession> live) {
        Set<Long> uncertain = new HashSet<>();
        for (LiveSession each : live) {
            try {
                checkProcess(each);
            } catch (Failure e) {
                LOG.warn(
                        "whether {} runs is not known, and asked again: {}",
                        each.persona().name(),
                        e.text());
                uncertain.add(each.session().id());
            }
        }
        if (live.stream().anyMatch(each -> each.session().process().pid() == null)) {
            sessions.expireClaims(uncertain);
        }
    }

    /**
     * Checks a live session's process, and ends the session if the process is certainly gone.
     *
     * @throws Failure UNAVAILABLE if the system does not say
     */
    public void checkProcess(LiveSession live) {
        Session session = live.session();
        if (session.process().pid() == null) {
            LaunchPlans.readPidFile(home.session(session.uid())).ifPresent(left -> left.process()
                    .ifPresentOrElse(
                            found -> sessions.recordProcess(
                                    session.id(), found.pid(), found.mark(), tmuxSession(live), null),
                            () -> terminator.markGone(session)));
        } else if (!terminator.mayRun(session)) {
            terminator.markGone(session);
        } else {
            clients.poll(session);
        }
    }

    /** Marks a live session as ended because it belongs to another home, and leaves its process alone. */
    public void releaseToOtherHome(LiveSession live, String reason) {
        terminator.markForeign(live.session(), reason);
    }

    /** Reads what the clients of all live sessions do now, and forgets those of other sessions. */
    public void pollClients(Collection<LiveSession> live) {
        live.forEach(each -> clients.poll(each.session()));
        clients.keepOnly(live.stream().map(each -> each.session().id()).toList());
    }

    private static @Nullable String tmuxSession(LiveSession live) {
        return live.session().screen().place() == Place.TMUX
                ? Tmux.sessionName(live.persona().name())
                : null;
    }
}
