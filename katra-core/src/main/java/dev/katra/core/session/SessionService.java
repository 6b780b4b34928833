package dev.katra.core.session;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Actor;
import dev.katra.core.persona.Persona;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.persona.Personas;
import dev.katra.core.store.Reads;
import dev.katra.core.store.Uids;
import dev.katra.core.store.Writes;
import dev.katra.core.upstream.Upstream;
import dev.katra.core.upstream.Upstreams;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jdbc.core.JdbcAggregateOperations;
import org.springframework.stereotype.Service;

/** The life of sessions: one live session per persona, claimed in one write. */
@Service
public class SessionService {

    /** A claim without a process is void after this time. */
    public static final Duration CLAIM = Duration.ofSeconds(60);

    private final Sessions sessions;
    private final Personas personas;
    private final PersonaService personaService;
    private final Upstreams upstreams;
    private final JdbcAggregateOperations aggregates;
    private final SessionWatch watch;
    private final Writes writes;
    private final Reads reads;
    private final Clock clock;
    private volatile @Nullable LiveThen live;
    /** By the hash of their session's token; true until any session changes. */
    private final Map<String, Known> actors = new ConcurrentHashMap<>();

    private record Known(Actor actor, long changes) {}

    SessionService(
            Sessions sessions,
            Personas personas,
            PersonaService personaService,
            Upstreams upstreams,
            JdbcAggregateOperations aggregates,
            SessionWatch watch,
            Writes writes,
            Reads reads,
            Clock clock) {
        this.sessions = sessions;
        this.personas = personas;
        this.personaService = personaService;
        this.upstreams = upstreams;
        this.aggregates = aggregates;
        this.watch = watch;
        this.writes = writes;
        this.reads = reads;
        this.clock = clock;
    }

    /**
     * Claims the persona for a new session, in state starting.
     *
     * @throws Failure CONFLICT if the persona has a live session, naming where; INVALID if the name is none
     */
    public ClaimedSession claim(SessionClaim claim) {
        Persona persona = personaService.ensure(claim.persona(), false);
        if (persona.human()) {
            throw Failure.conflict("\"" + persona.name() + "\" is a person here, not a model")
                    .hint("start the session under another name");
        }
        String token = SessionToken.next();
        Session session = writes.run(() -> {
            Instant now = now();
            sessions.findByPersonaIdAndEndedAtIsNull(persona.id()).ifPresent(live -> {
                if (!abandoned(live, now)) {
                    throw running(persona, live);
                }
                end(live, "its launch did not finish");
            });
            Session stored = sessions.save(new Session(
                    0,
                    Uids.next(),
                    persona.id(),
                    SessionToken.hash(token),
                    claim.provider(),
                    claim.model(),
                    claim.route(),
                    claim.place(),
                    null,
                    null,
                    claim.folder().toString(),
                    claim.role(),
                    claim.isolated(),
                    claim.wake(),
                    claim.claudeSessionId(),
                    SessionState.STARTING,
                    null,
                    null,
                    now,
                    null,
                    now,
                    null,
                    null));
            if (claim.upstream() != null) {
                aggregates.insert(claim.upstream().of(stored.id())); // its id is given, which save takes for stored
            }
            writes.afterCommit(() -> watch.changed(stored.id()));
            return stored;
        });
        return new ClaimedSession(session, persona, token);
    }

    /**
     * Notes the process that a claim has become.
     *
     * @throws Failure CONFLICT if the session has ended meanwhile
     */
    public void launched(
            long id, long pid, Instant startedAt, @Nullable String tmuxSession, @Nullable String tmuxSocket) {
        if (!write(id, () -> sessions.launched(id, pid, startedAt, tmuxSession, tmuxSocket))) {
            throw Failure.conflict("the session was ended while it started");
        }
    }

    /** Notes that Claude Code has connected to the MCP endpoint. */
    public void connected(long id) {
        write(id, () -> sessions.connected(id, now()));
    }

    /** Notes a change of state; an ended session stays ended, and only {@link #ended} ends one. */
    public void changed(long id, SessionState state) {
        if (state == SessionState.ENDED) {
            throw new IllegalArgumentException("a session ends by ended, with a reason");
        }
        if (sessions.findById(id).filter(s -> s.live() && s.state() != state).isPresent()) {
            write(id, () -> sessions.changed(id, state, now()));
        }
    }

    /**
     * Sets which mail wakes a session.
     *
     * @throws Failure CONFLICT if it has ended
     */
    public void wakeOn(long id, WakePolicy policy) {
        if (!write(id, () -> sessions.wakeOn(id, policy))) {
            throw Failure.conflict("the session has ended");
        }
    }

    /** Tells those who watch the session that something about it has changed, once the running write is stored. */
    public void touch(long id) {
        writes.afterCommit(() -> watch.changed(id));
    }

    /** Ends a session; its token is void from here on. Does nothing if it has ended. */
    public void ended(long id, String reason) {
        write(id, () -> sessions.ended(id, now(), reason));
    }

    /** Ends the claims that no process came of. */
    public void expireClaims() {
        Instant now = now();
        for (Session session : sessions.findAllByEndedAtIsNullOrderById()) {
            if (abandoned(session, now)) {
                writes.run(() -> {
                    sessions.findById(session.id())
                            .filter(current -> current.live() && abandoned(current, now))
                            .ifPresent(current -> end(current, "its launch did not finish"));
                    return true;
                });
            }
        }
    }

    /** The live session that a token belongs to. */
    public Optional<Session> authenticate(String token) {
        return sessions.findByTokenHashAndEndedAtIsNull(SessionToken.hash(token));
    }

    /** Who acts through the live session that a token belongs to. As cheap as a look into a map, mostly. */
    public Optional<Actor> actor(String token) {
        String hash = SessionToken.hash(token);
        long changes = watch.changes();
        Known known = actors.get(hash);
        if (known != null && known.changes() == changes) {
            return Optional.of(known.actor());
        }
        Optional<Actor> actor = sessions.findByTokenHashAndEndedAtIsNull(hash).map(this::actor);
        actors.values().removeIf(old -> old.changes() != changes);
        actor.ifPresent(found -> actors.put(hash, new Known(found, changes)));
        return actor;
    }

    /** Who acts through a session. */
    public Actor actor(Session session) {
        Persona persona = personas.findById(session.personaId())
                .orElseThrow(() -> new IllegalStateException("session " + session.id() + " without a persona"));
        return new Actor(persona.id(), persona.name(), persona.human(), session.id());
    }

    /** The session of that id, live or not. */
    public Optional<Session> find(long id) {
        return sessions.findById(id);
    }

    /** The endpoint behind a session's gateway; empty for a session on another route. */
    public Optional<Upstream> upstream(long id) {
        return upstreams.findById(id);
    }

    /** All live sessions, oldest first. The store is asked only if one has changed; inside a read this must come first. */
    public List<LiveSession> live() {
        if (writes.isWriter(Thread.currentThread())) {
            return readLive(); // which may have changes that are not committed
        }
        long changes = watch.changes();
        LiveThen then = live;
        if (then == null || then.changes() != changes) {
            then = new LiveThen(changes, readLive());
            live = then;
        }
        return then.sessions();
    }

    private List<LiveSession> readLive() {
        return reads.run(() -> {
            List<Session> live = sessions.findAllByEndedAtIsNullOrderById();
            Map<Long, Persona> byId = personas
                    .findAllById(live.stream().map(Session::personaId).toList())
                    .stream()
                    .collect(Collectors.toMap(Persona::id, Function.identity()));
            return live.stream()
                    .map(session -> new LiveSession(session, persona(byId, session)))
                    .toList();
        });
    }

    /** The live sessions, as they were until a session changed again. */
    private record LiveThen(long changes, List<LiveSession> sessions) {}

    /** The live session of a persona. */
    public Optional<Session> liveOf(Persona persona) {
        return sessions.findByPersonaIdAndEndedAtIsNull(persona.id());
    }

    /** The newest session of a persona, live or ended. */
    public Optional<Session> lastOf(Persona persona) {
        return sessions.findFirstByPersonaIdOrderByIdDesc(persona.id());
    }

    /** The newest sessions of a persona, live or ended, newest first; 20 at most. */
    public List<Session> recentOf(Persona persona) {
        return sessions.findTop20ByPersonaIdOrderByIdDesc(persona.id());
    }

    private boolean write(long id, BooleanSupplier change) {
        return writes.run(() -> {
            boolean changed = change.getAsBoolean();
            if (changed) {
                writes.afterCommit(() -> watch.changed(id));
            }
            return changed;
        });
    }

    private void end(Session session, String reason) {
        if (sessions.ended(session.id(), now(), reason)) {
            writes.afterCommit(() -> watch.changed(session.id()));
        }
    }

    private static Persona persona(Map<Long, Persona> byId, Session session) {
        Persona persona = byId.get(session.personaId());
        if (persona == null) {
            throw new IllegalStateException("session " + session.id() + " without a persona");
        }
        return persona;
    }

    private static boolean abandoned(Session session, Instant now) {
        return session.pid() == null && session.claimedAt().plus(CLAIM).isBefore(now);
    }

    private static Failure running(Persona persona, Session live) {
        String where = live.tmuxSession() != null
                ? "in tmux session " + live.tmuxSession()
                : live.pid() != null ? "in a terminal (pid " + live.pid() + ")" : "and starting";
        return Failure.conflict(persona.name() + " is already running " + where)
                .hint(
                        live.place() == Place.TMUX
                                ? "katra attach " + persona.name() + ", or start it anew with --replace"
                                : "go to that terminal, or start it anew with --replace");
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
