package dev.katra.launcher;

import dev.katra.core.session.Session;
import dev.katra.core.session.SessionService;
import dev.katra.core.session.SessionState;
import dev.katra.launcher.agent.Agent;
import dev.katra.launcher.agent.AgentStatus;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the status files that the sessions' clients write, and corrects the sessions' states where the hooks are
 * silent: at dialogs that belong to no tool, at dialogs that a person denies, and at turns that a person interrupts.
 */
final class ClientWatch {

    /**
     * The time for which a client must have been idle to count as idle: it may be so for a moment between two turns.
     */
    private static final Duration MIN_IDLE = Duration.ofMillis(700);

    private final Agent agent;
    private final SessionService sessions;
    private final Clock clock;
    private final Map<Long, ReadStatus> lastRead = new ConcurrentHashMap<>();
    /**
     * The times since which sessions are idle that were set so by a status file alone, without a hook's report, by
     * session id.
     */
    private final Map<Long, Instant> idleSince = new ConcurrentHashMap<>();

    /** Holds what a status file said, and the time of its last change in epoch milliseconds. */
    private record ReadStatus(long modified, AgentStatus status) {}

    ClientWatch(Agent agent, SessionService sessions, Clock clock) {
        this.agent = agent;
        this.sessions = sessions;
        this.clock = clock;
    }

    /**
     * Reads what a live session's client does now. If the file has not changed, it costs one look at the file's time.
     */
    void poll(Session session) {
        String folder = session.client().clientFolder();
        Long pid = session.process().pid();
        if (folder != null && pid != null && session.lifetime().connectedAt() != null) {
            status(session, agent.statusFile(Path.of(folder), pid)).ifPresent(status -> applyStatus(session, status));
        }
    }

    /** Forgets all sessions but these. */
    void keepOnly(Collection<Long> live) {
        lastRead.keySet().retainAll(live);
        idleSince.keySet().retainAll(live);
    }

    private Optional<AgentStatus> status(Session session, Path file) {
        long modified = file.toFile().lastModified();
        if (modified == 0) {
            return Optional.empty();
        }
        @Nullable ReadStatus known = lastRead.get(session.id());
        if (known != null && known.modified() == modified) {
            return Optional.of(known.status());
        }
        Optional<AgentStatus> status = agent.readStatus(file).filter(said -> belongsTo(session, said));
        status.ifPresent(said -> lastRead.put(session.id(), new ReadStatus(modified, said)));
        return status;
    }

    /**
     * Returns whether the status is of this session's process. The file may be left of an earlier process with the same
     * pid.
     */
    private static boolean belongsTo(Session session, AgentStatus status) {
        String mark = session.process().pidMark();
        return mark == null
                || status.processStart().isEmpty()
                || !mark.contains("/")
                || mark.startsWith(status.processStart() + "/");
    }

    /**
     * Sets the session's state by the client's status. Newer reports of the hooks win, except that hooks do not always
     * tell that something on the screen waits.
     */
    private void applyStatus(Session session, AgentStatus status) {
        Instant since = status.since();
        boolean newer = since.isAfter(session.progress().stateAt());
        switch (status.activity()) {
            case WAITING -> {
                if (session.progress().state() != SessionState.WAITING) {
                    sessions.recordDialog(session.id(), status.waitingFor(), false);
                }
            }
            case BUSY -> {
                Instant rest = idleSince.remove(session.id());
                boolean rested = session.progress().state() == SessionState.IDLE && rest != null && since.isAfter(rest);
                if (rested || (newer && session.progress().state() == SessionState.WAITING)) {
                    sessions.changeState(session.id(), SessionState.WORKING);
                }
            }
            case IDLE -> {
                boolean goesOn = session.progress().state() == SessionState.WORKING
                        || session.progress().state() == SessionState.WAITING;
                if (newer && goesOn && !clock.instant().isBefore(since.plus(MIN_IDLE))) {
                    idleSince.put(session.id(), since);
                    sessions.changeState(session.id(), SessionState.IDLE);
                }
            }
            case OTHER -> {}
        }
    }
}
