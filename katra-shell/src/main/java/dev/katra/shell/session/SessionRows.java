package dev.katra.shell.session;

import dev.katra.core.room.RoomService;
import dev.katra.core.session.LiveSession;
import dev.katra.core.session.Session;
import dev.katra.core.session.SessionService;
import dev.katra.launcher.Launcher;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The live sessions as people see them. A session whose process is gone is ended, not shown. */
@Component
class SessionRows {

    private final SessionService sessions;
    private final RoomService room;
    private final Launcher launcher;

    SessionRows(SessionService sessions, RoomService room, Launcher launcher) {
        this.sessions = sessions;
        this.room = room;
        this.launcher = launcher;
    }

    /**
     * One live session; also its form in {@code --json}.
     *
     * @param started when it was started
     * @param since since when it is in this state
     */
    record Row(
            String persona,
            String provider,
            @Nullable String model,
            String route,
            String state,
            String where,
            @Nullable String tmuxSession,
            @Nullable Long pid,
            String folder,
            Instant started,
            Instant since,
            int unread) {

        /** The place in a few words. */
        String whereToLook() {
            return tmuxSession != null ? "tmux " + tmuxSession : pid != null ? "terminal (pid " + pid + ")" : where;
        }
    }

    List<Row> all() {
        sessions.live().forEach(launcher::observe);
        Map<Long, Integer> unread = room.unread();
        return sessions.live().stream()
                .map(live -> row(live, unread.getOrDefault(live.persona().id(), 0)))
                .toList();
    }

    private static Row row(LiveSession live, int unread) {
        Session session = live.session();
        return new Row(
                live.persona().name(),
                session.provider(),
                session.model(),
                session.route(),
                session.state().word(),
                session.place().word(),
                session.tmuxSession(),
                session.pid(),
                session.folder(),
                session.claimedAt(),
                session.stateAt(),
                unread);
    }
}
