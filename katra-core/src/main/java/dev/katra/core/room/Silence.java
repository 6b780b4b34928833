package dev.katra.core.room;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The sessions whose clients have reported nothing since they were given mail. A client whose hooks are blocked never does;
 * after a restart of the server it takes one more call to know that.
 */
@Component
class Silence {

    private static final String NO_CALL = "";

    private final ConcurrentMap<Long, String> calls = new ConcurrentHashMap<>();

    /** The session is given something through this. */
    void begins(long session, @Nullable String through) {
        calls.put(session, through == null ? NO_CALL : through);
    }

    /** The session's client has reported something. */
    void broken(long session) {
        calls.remove(session);
    }

    /** Whether nothing was reported since something was given through another call than this one. */
    boolean since(long session, @Nullable String callId) {
        @Nullable String last = calls.get(session);
        return last != null && !(callId != null && callId.equals(last));
    }
}
