package dev.katra.shell.session;

import dev.katra.core.overview.SessionOverview;
import dev.katra.core.overview.SessionOverviews;
import dev.katra.core.session.SessionService;
import dev.katra.launcher.Launcher;
import java.util.List;
import org.springframework.stereotype.Component;

/** Lists the live sessions as people see them. A session whose process is gone is ended, not shown. */
@Component
class SessionRows {

    private final SessionService sessions;
    private final SessionOverviews overviews;
    private final Launcher launcher;

    SessionRows(SessionService sessions, SessionOverviews overviews, Launcher launcher) {
        this.sessions = sessions;
        this.overviews = overviews;
        this.launcher = launcher;
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
        return LiveRow.of(overview, launcher.warnings(overview.session()));
    }
}
