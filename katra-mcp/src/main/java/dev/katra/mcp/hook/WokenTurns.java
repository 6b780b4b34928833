package dev.katra.mcp.hook;

import dev.katra.core.session.SessionScoped;
import dev.katra.core.session.SessionWatch;
import dev.katra.web.client.RequestScheduler;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Remembers the turns that waiters have started, from the wake until the client reports the prompt. */
@Component
class WokenTurns {

    /** The text that a waiter gives the model, and by which a prompt is recognised that no person has written. */
    static final String WAKE_TEXT = "Katra: mail for you. It is shown with this prompt; if not, call katra_hear.";

    private final SessionScoped<Long> woken;
    private final RequestScheduler tasks;

    WokenTurns(RequestScheduler tasks, SessionWatch watch) {
        this.woken = new SessionScoped<>(watch);
        this.tasks = tasks;
    }

    void noteWake(long session) {
        woken.put(session, tasks.nanos());
    }

    /** Forgets a wake whose answer did not reach the waiter. */
    void withdraw(long session) {
        woken.remove(session);
    }

    /**
     * Returns whether the prompt that has come now is of a turn that a waiter started: the client writes the waiter's
     * text into it.
     */
    boolean takeWoken(long session, String prompt) {
        boolean expected = isPending(session);
        woken.remove(session);
        return prompt.contains(WAKE_TEXT) || (prompt.isEmpty() && expected);
    }

    /** Returns whether a turn was started within the last ten seconds whose prompt has not come yet. */
    boolean isPending(long session) {
        @Nullable Long at = woken.get(session);
        return at != null && tasks.nanos() - at < TimeUnit.SECONDS.toNanos(10);
    }
}
