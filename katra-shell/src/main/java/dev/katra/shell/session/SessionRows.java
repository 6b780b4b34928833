package dev.katra.shell.session;

import dev.katra.core.overview.SessionOverview;
import dev.katra.core.overview.SessionOverviews;
import dev.katra.core.session.Session;
import dev.katra.core.session.SessionService;
import dev.katra.core.session.SessionState;
import dev.katra.core.text.Excerpt;
import dev.katra.core.usage.Usage;
import dev.katra.launcher.Launcher;
import dev.katra.shell.usage.UsageView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Lists the live sessions as people see them. A session whose process is gone is ended, not shown. */
@Component
class SessionRows {

    /** The maximum size of a dialog or an error in a table, in bytes. */
    private static final int MAX_REASON_BYTES = 60;

    private final SessionService sessions;
    private final SessionOverviews overviews;
    private final Launcher launcher;

    SessionRows(SessionService sessions, SessionOverviews overviews, Launcher launcher) {
        this.sessions = sessions;
        this.overviews = overviews;
        this.launcher = launcher;
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
        return overviews.all().stream().map(this::row).toList();
    }

    /** Returns the last sessions of those who have none now, the last to end first. */
    List<PastRow> past() {
        return sessions.past().stream().map(PastRow::of).toList();
    }

    /** Returns the number of sessions that {@code katra resume --all} would bring back. */
    int lost() {
        return sessions.endedTogether().size();
    }

    private LiveRow row(SessionOverview overview) {
        Session session = overview.session();
        Usage used = overview.usage();
        return new LiveRow(
                overview.persona().name(),
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
                overview.unread(),
                session.purpose().wake().externalName(),
                overview.unreachable(),
                Turns.of(overview.turns()),
                overview.permissionMode(),
                launcher.warnings(session),
                used != null,
                used == null ? null : UsageView.of(used));
    }
}
