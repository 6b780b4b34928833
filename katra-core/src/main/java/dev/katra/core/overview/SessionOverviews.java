package dev.katra.core.overview;

import dev.katra.core.room.RoomService;
import dev.katra.core.session.ActiveFallbacks;
import dev.katra.core.session.LiveSession;
import dev.katra.core.session.PermissionModes;
import dev.katra.core.session.Session;
import dev.katra.core.session.SessionService;
import dev.katra.core.usage.Usage;
import dev.katra.core.usage.UsageService;
import dev.katra.core.wake.WakeBudget;
import dev.katra.core.wake.WakeReachability;
import dev.katra.core.wake.WakeService;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Puts the live sessions together with what other services know of them. */
@Component
public class SessionOverviews {

    private final SessionService sessions;
    private final RoomService room;
    private final UsageService usage;
    private final WakeService wakes;
    private final WakeReachability reachability;
    private final PermissionModes modes;
    private final ActiveFallbacks fallbacks;

    SessionOverviews(
            SessionService sessions,
            RoomService room,
            UsageService usage,
            WakeService wakes,
            WakeReachability reachability,
            PermissionModes modes,
            ActiveFallbacks fallbacks) {
        this.sessions = sessions;
        this.room = room;
        this.usage = usage;
        this.wakes = wakes;
        this.reachability = reachability;
        this.modes = modes;
        this.fallbacks = fallbacks;
    }

    /** Returns all live sessions, in the order of {@link SessionService#live}. */
    public List<SessionOverview> all() {
        Map<Long, Integer> unread = room.unread();
        List<LiveSession> live = sessions.live();
        List<Long> ids = live.stream().map(each -> each.session().id()).toList();
        Map<Long, Usage> used = usage.of(ids);
        Map<Long, WakeBudget> budgets = wakes.budgets(ids);
        return live.stream()
                .map(each -> overview(
                        each,
                        unread.getOrDefault(each.persona().id(), 0),
                        used.getOrDefault(each.session().id(), Usage.NONE),
                        Objects.requireNonNull(budgets.get(each.session().id()))))
                .toList();
    }

    private SessionOverview overview(LiveSession live, int unread, Usage used, WakeBudget turns) {
        Session session = live.session();
        return new SessionOverview(
                session,
                live.persona(),
                unread,
                modes.of(session.id()).orElse(null),
                turns,
                reachability.isUnreachable(session),
                fallbacks.of(session.id()).orElse(null),
                used);
    }
}
