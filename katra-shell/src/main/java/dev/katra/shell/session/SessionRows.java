package dev.katra.shell.session;

import dev.katra.core.room.RoomService;
import dev.katra.core.session.LiveSession;
import dev.katra.core.session.Session;
import dev.katra.core.session.SessionService;
import dev.katra.core.session.SessionState;
import dev.katra.core.usage.Usage;
import dev.katra.core.usage.UsageService;
import dev.katra.core.wake.Hearing;
import dev.katra.core.wake.WakeBudget;
import dev.katra.core.wake.WakeService;
import dev.katra.launcher.Launcher;
import dev.katra.shell.usage.Used;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The live sessions as people see them. A session whose process is gone is ended, not shown. */
@Component
class SessionRows {

    private final SessionService sessions;
    private final RoomService room;
    private final UsageService usage;
    private final Launcher launcher;
    private final WakeService wakes;
    private final Hearing hearing;

    SessionRows(
            SessionService sessions,
            RoomService room,
            UsageService usage,
            Launcher launcher,
            WakeService wakes,
            Hearing hearing) {
        this.sessions = sessions;
        this.room = room;
        this.usage = usage;
        this.launcher = launcher;
        this.wakes = wakes;
        this.hearing = hearing;
    }

    /**
     * One live session; also its form in {@code --json}.
     *
     * @param started when it was started
     * @param since since when it is in this state
     * @param wake which mail wakes it
     * @param deaf true if it is idle and nothing in it waits for the word to wake it
     * @param turns those that it was woken for
     * @param counted false if its requests do not pass through the gateway; then nothing is known of its usage
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
            int unread,
            String wake,
            boolean deaf,
            Turns turns,
            boolean counted,
            @Nullable Used usage) {

        /** The state, with what keeps an idle session from being woken. */
        String stateInWords() {
            boolean idle = state.equals(SessionState.IDLE.word());
            return state + (deaf ? ", deaf" : idle && turns.usedUp() ? ", turns used up" : "");
        }

        /** The place in a few words. */
        String whereToLook() {
            return tmuxSession != null ? "tmux " + tmuxSession : pid != null ? "terminal (pid " + pid + ")" : where;
        }
    }

    List<Row> all() {
        sessions.live().forEach(each -> launcher.observe(each, false));
        Map<Long, Integer> unread = room.unread();
        List<LiveSession> live = sessions.live();
        List<Long> ids = live.stream().map(each -> each.session().id()).toList();
        Map<Long, Usage> used = usage.of(ids);
        Map<Long, WakeBudget> budgets = wakes.budgets(ids);
        return live.stream()
                .map(each -> row(
                        each,
                        unread.getOrDefault(each.persona().id(), 0),
                        used.getOrDefault(each.session().id(), Usage.NONE),
                        Objects.requireNonNull(budgets.get(each.session().id()))))
                .toList();
    }

    private Row row(LiveSession live, int unread, Usage used, WakeBudget budget) {
        Session session = live.session();
        boolean counted = UsageService.counts(session.route());
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
                unread,
                session.wake().word(),
                hearing.deaf(session),
                Turns.of(budget),
                counted,
                counted ? Used.of(used) : null);
    }
}
