package dev.katra.launcher;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.core.home.ServerAddress;
import dev.katra.core.persona.PersonaName;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.session.ClaimedSession;
import dev.katra.core.session.LiveSession;
import dev.katra.core.session.Place;
import dev.katra.core.session.Session;
import dev.katra.core.session.SessionClaim;
import dev.katra.core.session.SessionService;
import dev.katra.launcher.claude.ClaudeArguments;
import dev.katra.launcher.claude.ClaudeBinary;
import dev.katra.launcher.claude.ClaudeFiles;
import dev.katra.launcher.claude.IsolatedConfig;
import dev.katra.launcher.claude.UserArguments;
import dev.katra.launcher.environment.LaunchTarget;
import dev.katra.launcher.environment.SessionEnvironment;
import dev.katra.launcher.environment.SessionEnvironments;
import dev.katra.launcher.environment.SessionIdentity;
import dev.katra.launcher.plan.LaunchPlan;
import dev.katra.launcher.plan.Plans;
import dev.katra.launcher.plan.SessionStub;
import dev.katra.launcher.process.LiveProcess;
import dev.katra.launcher.process.Processes;
import dev.katra.launcher.provider.ProviderCatalog;
import dev.katra.launcher.provider.Providers;
import dev.katra.launcher.provider.Route;
import dev.katra.launcher.tmux.Tmux;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Starts sessions: everything that can be wrong is found before anything is started. */
public final class Launcher {

    private final KatraHome home;
    private final ServerAddress server;
    private final SessionService sessions;
    private final PersonaService personas;
    private final Processes processes;
    private final Arrival arrival;
    private final SessionEnds ends;

    Launcher(
            KatraHome home,
            ServerAddress server,
            SessionService sessions,
            PersonaService personas,
            Processes processes,
            Arrival arrival,
            SessionEnds ends) {
        this.home = home;
        this.server = server;
        this.sessions = sessions;
        this.personas = personas;
        this.processes = processes;
        this.arrival = arrival;
        this.ends = ends;
    }

    /**
     * Starts a session. In the background it returns once Claude Code has connected to the server.
     *
     * @throws Failure INVALID for a wrong request or configuration; NOT_FOUND for an unknown provider or folder;
     *     CONFLICT if the persona runs already; UNAVAILABLE for a missing key or program, for a client that ended or that
     *     waits for a person
     */
    public StartOutcome start(StartRequest request, LaunchCaller caller) {
        PersonaName.require(request.persona());
        if (!Files.isDirectory(request.folder())) {
            throw Failure.notFound("there is no folder " + request.folder());
        }
        ProviderCatalog catalog = Providers.load(home, caller.environment());
        LaunchTarget target = new LaunchTarget(
                request.provider() == null ? catalog.defaultId() : request.provider(),
                request.model(),
                request.route());
        UserArguments user = UserArguments.parse(request.claudeArguments());
        SessionEnvironment preview = environment(catalog, target, request.persona(), "", caller);
        if (request.trace() && preview.route() != Route.GATEWAY) {
            throw Failure.invalid("the gateway writes the trace, and this session would take the route "
                            + preview.route().word())
                    .hint("add --route gateway, or leave --trace out");
        }
        ClaudeBinary claude = claude(caller);
        Tmux tmux = new Tmux(processes, caller.environment(), request.folder());
        if (request.background()) {
            tmux.version();
        }
        preview.warnings().forEach(warning -> caller.notes().accept("katra: warning: " + warning));
        if (request.replace()) {
            personas.find(request.persona()).flatMap(sessions::liveOf).ifPresent(live -> ends.end(live, caller));
        }
        ClaimedSession claimed = sessions.claim(new SessionClaim(
                request.persona(),
                preview.provider().id(),
                preview.model(),
                preview.route().word(),
                request.background() ? Place.TMUX : Place.TERMINAL,
                request.folder(),
                request.role(),
                request.isolated(),
                request.wake(),
                request.conversation() == null ? UUID.randomUUID().toString() : request.conversation(),
                preview.upstream(request.trace()).orElse(null)));
        try {
            SessionEnvironment environment =
                    environment(catalog, target, claimed.persona().name(), claimed.token(), caller);
            List<String> command = plan(request, claimed, environment, claude, user);
            if (request.trace()) {
                caller.notes()
                        .accept("katra: requests and answers are written, without keys, to "
                                + SessionTraces.folder(home, claimed.session()) + ", which Katra keeps for "
                                + SessionTraces.KEPT.toDays() + " days");
            }
            if (!request.background()) {
                return new StartOutcome.Foreground(claimed.session(), command);
            }
            return arrival.of(claimed, tmux, request.folder(), command);
        } catch (RuntimeException e) {
            if (!(e instanceof Failure failure && Arrival.goesOn(failure))) {
                ends.failed(claimed.session());
            }
            throw e;
        }
    }

    /** Writes the session's files and its plan; the command line that carries the plan out. */
    private List<String> plan(
            StartRequest request,
            ClaimedSession claimed,
            SessionEnvironment environment,
            ClaudeBinary claude,
            UserArguments user) {
        Session session = claimed.session();
        Path folder = KatraHome.privateFolder(home.session(session.uid()));
        if (request.trace()) {
            KatraHome.privateFolder(SessionTraces.folder(home, session));
        }
        Map<String, String> variables = new LinkedHashMap<>(environment.asMap());
        if (request.isolated()) {
            variables.put(
                    IsolatedConfig.VARIABLE,
                    IsolatedConfig.prepare(
                                    home,
                                    claimed.persona().name(),
                                    request.folder(),
                                    variables.get("ANTHROPIC_API_KEY"))
                            .toString());
        }
        ClaudeArguments arguments = new ClaudeArguments(
                claude.path(),
                claimed.persona().name(),
                session.claudeSessionId(),
                request.conversation() != null,
                environment.model(),
                request.role(),
                request.prompt(),
                ClaudeFiles.write(folder, server.uri(), user, request.folder(), environment.missingTools()),
                user);
        Path plan = new LaunchPlan(variables, arguments.argv(), request.folder()).write(folder);
        return SessionStub.install(home).argv(plan);
    }

    private SessionEnvironment environment(
            ProviderCatalog catalog, LaunchTarget target, String persona, String token, LaunchCaller caller) {
        return SessionEnvironments.build(
                catalog,
                target,
                new SessionIdentity(
                        persona,
                        token,
                        server.uri().toString(),
                        caller.environment().get(KatraHome.VARIABLE)),
                caller.environment());
    }

    private ClaudeBinary claude(LaunchCaller caller) {
        Optional<ClaudeBinary> found = ClaudeBinary.find(home, caller.environment(), caller.folder());
        return found.orElseThrow(() -> Failure.unavailable("Claude Code is not installed")
                .hint("katra claude install, or set " + ClaudeBinary.VARIABLE + " to the path of a claude binary"));
    }

    /**
     * Looks whether a live session's process is there, and ends the session if it no longer is.
     *
     * @param closely not at a glance, which is not told everything where there is no {@code /proc}
     */
    public void observe(LiveSession live, boolean closely) {
        Session session = live.session();
        Long pid = session.pid();
        if (pid == null) {
            Optional<Plans.Pid> left = Plans.pid(home.session(session.uid()));
            if (left.isEmpty()) {
                return;
            }
            Optional<LiveProcess> process = LiveProcess.of(left.get().pid())
                    .filter(candidate ->
                            !candidate.startedAt().isAfter(left.get().at().plusSeconds(2)));
            process.ifPresentOrElse(
                    found -> sessions.launched(session.id(), found.pid(), found.startedAt(), tmuxSession(live), null),
                    () -> ends.gone(session));
            return;
        }
        if (!ends.runs(session, closely)) {
            ends.gone(session);
        }
    }

    private static @Nullable String tmuxSession(LiveSession live) {
        return live.session().place() == Place.TMUX
                ? Tmux.sessionName(live.persona().name())
                : null;
    }
}
