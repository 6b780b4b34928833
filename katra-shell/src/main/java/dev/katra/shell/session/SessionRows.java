package dev.katra.shell.session;

import dev.katra.core.room.RoomService;
import dev.katra.core.session.LiveSession;
import dev.katra.core.session.PermissionModes;
import dev.katra.core.session.Session;
import dev.katra.core.session.SessionService;
import dev.katra.core.session.SessionState;
import dev.katra.core.text.Excerpt;
import dev.katra.core.usage.Usage;
import dev.katra.core.usage.UsageService;
import dev.katra.core.wake.WakeBudget;
import dev.katra.core.wake.WakeReachability;
import dev.katra.core.wake.WakeService;
import dev.katra.launcher.Launcher;
import dev.katra.shell.usage.UsageView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Lists the live sessions as people see them. A session whose process is gone is ended, not shown. */
@Component
class SessionRows {

    /** The maximum size of a dialog or an error in a table, in bytes. */
    private static final int MAX_REASON_BYTES = 60;

    private final SessionService sessions;
    private final RoomService room;
    private final UsageService usage;
    private final Launcher launcher;
    private final WakeService wakes;
    private final WakeReachability reachability;
    private final PermissionModes modes;

    SessionRows(
            SessionService sessions,
            RoomService room,
            UsageService usage,
            Launcher launcher,
            WakeService wakes,
            WakeReachability reachability,
            PermissionModes modes) {
        this.sessions = sessions;
        this.room = room;
        this.usage = usage;
        this.launcher = launcher;
        this.wakes = wakes;
        this.reachability = reachability;
        this.modes = modes;
    }

    /**
     * A row is one live session; also its form in {@code --json}.
     *
     * @param started when it was started
     * @param since the time since which it is in this state
     * @param dialog what it waits for, while it waits for a person and if that is known
     * @param lastError how the provider refused its last turn; null if that ended well
     * @param wake which mail wakes it
     * @param deaf true if it is idle and nothing in it waits for a wake signal
     * @param turns the turns for which it was woken
     * @param permissionMode in which its client works, in the client's word; null until it has reported one
     * @param notes what its client's settings switch off, and where they lead, as was said at its start
     * @param counted false if its requests do not pass through the gateway; then nothing is known of its usage
     */
    record LiveRow(
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
            @Nullable String dialog,
            @Nullable String lastError,
            int unread,
            String wake,
            boolean deaf,
            Turns turns,
            @Nullable String permissionMode,
            List<String> notes,
            boolean counted,
            @Nullable UsageView usage) {

        /** Returns this row with the permission mode and the notes. */
        LiveRow withNotes(@Nullable String mode, List<String> said) {
            return new LiveRow(
                    persona,
                    provider,
                    model,
                    route,
                    state,
                    where,
                    tmuxSession,
                    pid,
                    folder,
                    started,
                    since,
                    dialog,
                    lastError,
                    unread,
                    wake,
                    deaf,
                    turns,
                    mode,
                    said,
                    counted,
                    usage);
        }

        /**
         * Returns the state, with what a person should look at: what the session waits for, what failed, what keeps it
         * from being woken.
         */
        String stateInWords() {
            boolean idle = state.equals(SessionState.IDLE.externalName());
            String why = dialog != null ? dialog : idle && lastError != null ? lastError : "";
            return state
                    + (deaf ? ", deaf" : idle && turns.usedUp() ? ", turns used up" : "")
                    + (why.isEmpty()
                            ? ""
                            : ": "
                                    + Excerpt.of(why, List.of(), MAX_REASON_BYTES)
                                            .text());
        }
    }

    List<LiveRow> all() {
        sessions.live().forEach(launcher::checkProcess);
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

    /** Returns the last sessions of those who have none now, the last to end first. */
    List<PastRow> past() {
        return sessions.past().stream().map(PastRow::of).toList();
    }

    /** Returns the number of sessions that {@code katra resume --all} would bring back. */
    int lost() {
        return sessions.endedTogether().size();
    }

    private LiveRow row(LiveSession live, int unread, Usage used, WakeBudget budget) {
        Session session = live.session();
        boolean counted = UsageService.passesGateway(session.source().route());
        return new LiveRow(
                live.persona().name(),
                session.source().provider(),
                session.source().model(),
                session.source().route(),
                session.progress().state().externalName(),
                session.screen().place().externalName(),
                session.screen().tmuxSession(),
                session.process().pid(),
                session.folder(),
                session.lifetime().claimedAt(),
                session.progress().stateAt(),
                session.progress().dialog(),
                session.progress().lastError(),
                unread,
                session.purpose().wake().externalName(),
                reachability.isUnreachable(session),
                Turns.of(budget),
                modes.of(session.id()).orElse(null),
                launcher.warnings(session),
                counted,
                counted ? UsageView.of(used) : null);
    }
}
