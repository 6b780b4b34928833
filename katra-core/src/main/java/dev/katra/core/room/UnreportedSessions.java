package dev.katra.core.room;

import dev.katra.core.session.SessionScoped;
import dev.katra.core.session.SessionWatch;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Remembers the sessions whose clients have reported nothing since they were given mail. A client whose hooks are
 * blocked never reports; after a restart of the server it takes one more call to know that.
 */
@Component
class UnreportedSessions {

    private static final String NO_CALL = "";

    private final SessionScoped<String> calls;

    UnreportedSessions(SessionWatch watch) {
        this.calls = new SessionScoped<>(watch);
    }

    /** Notes that the session is given mail under this delivery key. */
    void noteGiven(long session, @Nullable String through) {
        calls.put(session, through == null ? NO_CALL : through);
    }

    /** Notes that the session's client has reported something. */
    void noteReported(long session) {
        calls.remove(session);
    }

    /** Returns whether the client has reported nothing since mail was given under another key than this call's. */
    boolean isUnreported(long session, @Nullable String callId) {
        @Nullable String last = calls.get(session);
        return last != null && !(callId != null && callId.equals(last));
    }
}
