package dev.katra.core.session;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Actor;
import dev.katra.core.persona.Persona;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.persona.Personas;
import dev.katra.core.store.Reads;
import dev.katra.core.store.Writes;
import dev.katra.core.text.Excerpt;
import dev.katra.core.text.VisibleText;
import dev.katra.core.upstream.Upstream;
import dev.katra.core.upstream.Upstreams;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Keeps sessions from their claims to their ends: one live session per persona, claimed in one write. */
@Service
public class SessionService {

    /** The time after which a claim without a process is void. */
    public static final Duration CLAIM_TIMEOUT = Duration.ofSeconds(60);

    /** The largest size of the stored text of a dialog or an error, in UTF-8 bytes. */
    private static final int MAX_TEXT_BYTES = 300;

    /** The pattern of a conversation's id, which becomes part of a command line and of a path. */
    private static final Pattern CONVERSATION = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    /** The reason that is stored for a session whose process is gone though nobody stopped it. */
    public static final String PROCESS_ENDED = "its process ended";

    /** The time within which sessions that end have ended together. */
    private static final Duration MAX_APART = Duration.ofMinutes(1);

    private final Sessions sessions;
    private final SessionClaims claims;
    private final Personas personas;
    private final PersonaService personaService;
    private final Upstreams upstreams;
    private final PreviousConversations left;
    private final SessionWatch watch;
    private final Writes writes;
    private final Reads reads;
    private final Clock clock;
    private volatile @Nullable LiveSnapshot live;
    /** The actors by the hashes of their sessions' tokens; an entry is valid until any session changes. */
    private final Map<String, CachedActor> actors = new ConcurrentHashMap<>();

    private record CachedActor(Actor actor, long changes) {}

    SessionService(
            Sessions sessions,
            SessionClaims claims,
            Personas personas,
            PersonaService personaService,
            Upstreams upstreams,
            PreviousConversations left,
            SessionWatch watch,
            Writes writes,
            Reads reads,
            Clock clock) {
        this.sessions = sessions;
        this.claims = claims;
        this.personas = personas;
        this.personaService = personaService;
        this.upstreams = upstreams;
        this.left = left;
        this.watch = watch;
        this.writes = writes;
        this.reads = reads;
        this.clock = clock;
    }

    /**
     * Claims the persona for a new session, which is in the state starting.
     *
     * @throws Failure CONFLICT if the persona has a live session, naming where; INVALID if the name is not a valid one
     */
    public ClaimedSession claim(SessionClaim claim) {
        Persona persona = personaService.ensure(claim.persona(), false);
        if (persona.human()) {
            throw Failure.conflict("\"" + persona.name() + "\" is a person here, not a model")
                    .hint("start the session under another name");
        }
        String token = SessionToken.next();
        Session session = writes.run(() -> {
            Instant now = clock.instant();
            sessions.findLiveOf(persona.id()).ifPresent(live -> {
                if (!isAbandoned(live, now)) {
                    throw running(persona, live);
                }
                markEnded(live.id(), "its launch did not finish");
            });
            long id = claims.add(claim, persona.id(), SessionToken.hash(token), now);
            Upstream upstream = claim.endpoint().upstream();
            if (upstream != null) {
                upstreams.add(upstream.forSession(id));
            }
            writes.afterCommit(() -> watch.notifyChanged(id));
            return sessions.findById(id).orElseThrow();
        });
        return new ClaimedSession(session, persona, token);
    }

    /**
     * Records the process that has come of a claim.
     *
     * @param mark the mark that tells it from a later process with the same pid
     * @throws Failure CONFLICT if the session has ended meanwhile
     */
    public void recordProcess(
            long id, long pid, String mark, @Nullable String tmuxSession, @Nullable String tmuxSocket) {
        if (!write(id, () -> sessions.updateProcess(id, pid, mark, tmuxSession, tmuxSocket))) {
            throw Failure.conflict("the session was ended while it started").hint("start it again, or see: katra list");
        }
    }

    /**
     * Records the mark that tells the process of a session from a later one, if an older version has started the
     * session.
     */
    public void recordProcessMark(long id, String mark) {
        write(id, () -> sessions.updateProcessMark(id, mark));
    }

    /** Records the folder in which the session's client keeps its configuration. */
    public void recordClientFolder(long id, Path folder) {
        write(id, () -> sessions.updateClientFolder(id, folder.toString()));
    }

    /** Records that the session's agent has connected to the MCP endpoint. */
    public void recordConnection(long id) {
        noteArrival(id);
        write(id, () -> sessions.markConnected(id, clock.instant()));
    }

    private void noteArrival(long id) {
        sessions.findById(id).ifPresent(session -> personaService.noteArrival(session.personaId()));
    }

    /** Records a change of state; an ended session stays ended, and only {@link #end} ends one. */
    public void changeState(long id, SessionState state) {
        if (state == SessionState.ENDED) {
            throw new IllegalArgumentException("a session ends by ended, with a reason");
        }
        if (sessions.findById(id)
                .filter(s -> s.live() && s.progress().state() != state)
                .isPresent()) {
            if (state == SessionState.WORKING) {
                noteArrival(id); // it may have no MCP
            }
            write(id, () -> sessions.updateState(id, state, clock.instant()));
        }
    }

    /**
     * Records that a session waits for a person.
     *
     * @param dialog what it waits for, in a few words
     * @param better whether these words say more than those that may be stored already
     */
    public void recordDialog(long id, String dialog, boolean better) {
        String words = line(dialog);
        if (sessions.findById(id)
                .filter(s -> s.live()
                        && (s.progress().state() != SessionState.WAITING
                                || s.progress().dialog() == null
                                || (better && !words.equals(s.progress().dialog()))))
                .isPresent()) {
            write(id, () -> sessions.updateDialog(id, words, better, clock.instant()));
        }
    }

    /**
     * Records which conversation a session is in: the client may begin another, or go on with an older one.
     *
     * @param conversation the agent's own id of the conversation
     */
    public void recordConversation(long id, String conversation) {
        if (!CONVERSATION.matcher(conversation).matches()
                || sessions.findById(id)
                        .filter(s -> s.live() && !s.client().conversationId().equals(conversation))
                        .isEmpty()) {
            return;
        }
        write(id, () -> {
            String before = sessions.findById(id).orElseThrow().client().conversationId();
            boolean changed = sessions.updateConversation(id, conversation);
            if (changed && !before.equals(conversation)) {
                left.add(id, before, clock.instant());
                left.remove(id, conversation);
            }
            return changed;
        });
    }

    /** Returns the conversations that a session was in before its current one, the last left first. */
    public List<String> previousConversations(long id) {
        return reads.run(() -> left.of(id));
    }

    /** Records that a turn has ended well: the session is idle, and the error of an earlier turn is cleared. */
    public void recordTurnEnd(long id) {
        changeState(id, SessionState.IDLE);
        if (sessions.findById(id)
                .filter(s -> s.live() && s.progress().lastError() != null)
                .isPresent()) {
            write(id, () -> sessions.updateLastError(id, null));
        }
    }

    /**
     * Records that the provider has refused a turn; the session is idle.
     *
     * @param error what the provider said, without anything that could be a key
     */
    public void recordTurnFailure(long id, String error) {
        String words = line(error);
        write(id, () -> sessions.updateLastError(id, words));
        changeState(id, SessionState.IDLE);
    }

    /**
     * Sets which mail wakes a session.
     *
     * @throws Failure CONFLICT if it has ended
     */
    public void setWakePolicy(long id, WakePolicy policy) {
        if (!write(id, () -> sessions.updateWakePolicy(id, policy))) {
            throw Failure.conflict("the session has ended").hint("see: katra list");
        }
    }

    /**
     * Notifies those who watch the session of a change, once the running write is stored. Must be called inside a
     * write.
     */
    public void notifyChanged(long id) {
        writes.afterCommit(() -> watch.notifyChanged(id));
    }

    /** Ends a session, whose token is void from here on. Does nothing if it has ended. */
    public void end(long id, String reason) {
        writes.run(() -> markEnded(id, reason));
    }

    /**
     * Ends the claims that have expired without a process.
     *
     * @param uncertain the sessions that may have a process, although none is recorded
     */
    public void expireClaims(Set<Long> uncertain) {
        Instant now = clock.instant();
        for (Session session : sessions.findAllLive()) {
            if (isAbandoned(session, now) && !uncertain.contains(session.id())) {
                writes.run(() -> {
                    sessions.findById(session.id())
                            .filter(current -> current.live() && isAbandoned(current, now))
                            .ifPresent(current -> markEnded(current.id(), "its launch did not finish"));
                    return true;
                });
            }
        }
    }

    /** Returns the live session that a token belongs to. */
    public Optional<Session> authenticate(String token) {
        return sessions.findLiveByTokenHash(SessionToken.hash(token));
    }

    /** Returns the actor of the live session that a token belongs to. It is mostly answered from memory. */
    public Optional<Actor> actor(String token) {
        String hash = SessionToken.hash(token);
        long changes = watch.changes();
        CachedActor known = actors.get(hash);
        if (known != null && known.changes() == changes) {
            return Optional.of(known.actor());
        }
        Optional<Actor> actor = sessions.findLiveByTokenHash(hash).map(this::actor);
        actors.values().removeIf(old -> old.changes() != changes);
        actor.ifPresent(found -> actors.put(hash, new CachedActor(found, changes)));
        return actor;
    }

    /** Returns the actor of a session. */
    public Actor actor(Session session) {
        Persona persona = reads.run(() -> personas.find(session.personaId()))
                .orElseThrow(() -> new IllegalStateException("session " + session.id() + " without a persona"));
        return new Actor(persona.id(), persona.name(), persona.human(), session.id());
    }

    /** Returns the session with that id, live or not. */
    public Optional<Session> find(long id) {
        return sessions.findById(id);
    }

    /** Returns the endpoint behind a session's gateway; empty for a session on another route. */
    public Optional<Upstream> upstream(long id) {
        return reads.run(() -> upstreams.find(id));
    }

    /**
     * Returns all live sessions, oldest first. It asks the store only if a session has changed; a caller that reads
     * more in the same read must call this first.
     */
    public List<LiveSession> live() {
        if (writes.isWriter(Thread.currentThread())) {
            return readLive(); // which may have changes that are not committed
        }
        long changes = watch.changes();
        LiveSnapshot then = live;
        if (then == null || then.changes() != changes) {
            then = new LiveSnapshot(changes, readLive());
            live = then;
        }
        return then.sessions();
    }

    private List<LiveSession> readLive() {
        return reads.run(() -> {
            List<Session> live = sessions.findAllLive();
            Map<Long, Persona> byId = personas
                    .find(live.stream().map(Session::personaId).toList())
                    .stream()
                    .collect(Collectors.toMap(Persona::id, Function.identity()));
            return live.stream()
                    .map(session -> new LiveSession(session, persona(byId, session)))
                    .toList();
        });
    }

    /** Holds the live sessions as they were at a number of changes. */
    private record LiveSnapshot(long changes, List<LiveSession> sessions) {}

    /** Returns the live session of a persona. */
    public Optional<Session> liveOf(Persona persona) {
        return sessions.findLiveOf(persona.id());
    }

    /**
     * Returns the last session of each persona that has no live one, the last to end first. A session that never
     * connected does not count.
     */
    public List<PastSession> past() {
        return reads.run(() -> {
            List<Session> ended = sessions.findLastEnded();
            Map<Long, Persona> byId = personas
                    .find(ended.stream().map(Session::personaId).toList())
                    .stream()
                    .collect(Collectors.toMap(Persona::id, Function.identity()));
            return ended.stream()
                    .map(session -> new PastSession(session, persona(byId, session)))
                    .toList();
        });
    }

    /**
     * Returns those past sessions that nobody stopped and that ended together, within a minute, as when a machine goes
     * down. If several have, a single one that ended by itself later does not count.
     */
    public List<PastSession> endedTogether() {
        List<PastSession> unstopped = past().stream()
                .filter(past -> PROCESS_ENDED.equals(past.session().lifetime().endReason()))
                .toList();
        Optional<PastSession> last = unstopped.stream()
                .filter(past -> unstopped.stream()
                                .filter(other -> together(past, other))
                                .count()
                        > 1)
                .findFirst()
                .or(() -> unstopped.stream().findFirst());
        return unstopped.stream()
                .filter(past -> together(past, last.orElseThrow()))
                .toList();
    }

    private static boolean together(PastSession one, PastSession other) {
        return Duration.between(endedAt(one), endedAt(other)).abs().compareTo(MAX_APART) <= 0;
    }

    private static Instant endedAt(PastSession past) {
        return Objects.requireNonNull(past.session().lifetime().endedAt());
    }

    /** Returns the newest session of a persona, live or ended. */
    public Optional<Session> lastOf(Persona persona) {
        return sessions.findLastOf(persona.id());
    }

    /** Returns the newest sessions of a persona, live or ended, newest first; 20 at most. */
    public List<Session> recentOf(Persona persona) {
        return sessions.findRecentOf(persona.id());
    }

    private boolean write(long id, BooleanSupplier change) {
        return writes.run(() -> {
            boolean changed = change.getAsBoolean();
            if (changed) {
                writes.afterCommit(() -> watch.notifyChanged(id));
            }
            return changed;
        });
    }

    private boolean markEnded(long id, String reason) {
        boolean ended = sessions.markEnded(id, clock.instant(), reason);
        if (ended) {
            writes.afterCommit(() -> watch.notifyEnded(id));
        }
        return ended;
    }

    private static Persona persona(Map<Long, Persona> byId, Session session) {
        Persona persona = byId.get(session.personaId());
        if (persona == null) {
            throw new IllegalStateException("session " + session.id() + " without a persona");
        }
        return persona;
    }

    private static boolean isAbandoned(Session session, Instant now) {
        // A claim of the future was made before the clock was set back.
        return session.process().pid() == null
                && Duration.between(session.lifetime().claimedAt(), now).abs().compareTo(CLAIM_TIMEOUT) > 0;
    }

    private static Failure running(Persona persona, Session live) {
        String where = live.screen().tmuxSession() != null
                ? "in tmux session " + live.screen().tmuxSession()
                : live.process().pid() != null
                        ? "in a terminal (pid " + live.process().pid() + ")"
                        : "and starting";
        return Failure.conflict(persona.name() + " is already running " + where)
                .hint(
                        live.screen().place() == Place.TMUX
                                ? "katra attach " + persona.name() + ", or start it anew with --replace"
                                : "go to that terminal, or start it anew with --replace");
    }

    /** Returns the text on one line, and no longer than is stored. */
    private static String line(String words) {
        return Excerpt.of(VisibleText.of(words).replaceAll("\\s+", " ").strip(), List.of(), MAX_TEXT_BYTES)
                .text();
    }
}
