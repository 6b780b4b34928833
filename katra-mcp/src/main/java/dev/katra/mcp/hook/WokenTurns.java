package dev.katra.mcp.hook;

import dev.katra.mcp.client.HeldTasks;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The turns that waiters have started, from the wake until the client reports the prompt. */
@Component
class WokenTurns {

    /** What the model is told by a waiter, and what a prompt is recognised by that no person has written. */
    static final String TEXT = "Katra: mail for you. It is shown with this prompt; if not, call katra_hear.";

    private final ConcurrentMap<Long, Long> woken = new ConcurrentHashMap<>();
    private final HeldTasks tasks;

    WokenTurns(HeldTasks tasks) {
        this.tasks = tasks;
    }

    void woken(long session) {
        woken.put(session, tasks.nanos());
    }

    /** The word did not reach the waiter. */
    void withdrawn(long session) {
        woken.remove(session);
    }

    /** Forgets all sessions but these. */
    void keepOnly(Set<Long> sessions) {
        woken.keySet().retainAll(sessions);
    }

    /** Whether the prompt that has come now is one of them: the client writes into it what the waiter has said. */
    boolean prompted(long session, String prompt) {
        boolean expected = pending(session);
        woken.remove(session);
        return prompt.contains(TEXT) || (prompt.isEmpty() && expected);
    }

    /** Whether one was started a moment ago whose prompt has not come yet. */
    boolean pending(long session) {
        @Nullable Long at = woken.get(session);
        return at != null && tasks.nanos() - at < TimeUnit.SECONDS.toNanos(10);
    }
}
