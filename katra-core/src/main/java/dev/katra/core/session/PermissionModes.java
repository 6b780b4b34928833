package dev.katra.core.session;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Remembers the permission mode that each session's client last reported. A restart of the server clears it. */
@Component
public class PermissionModes {

    /** The number of sessions whose modes are kept, which is more than ever live at once; the oldest are dropped. */
    private static final int MAX_SESSIONS = 1000;

    private final Map<Long, String> modes = new LinkedHashMap<>();

    /** Records the mode that a client reports; an empty word changes nothing. */
    public synchronized void noteMode(long sessionId, String mode) {
        if (mode.isEmpty()) {
            return;
        }
        modes.put(sessionId, mode);
        if (modes.size() > MAX_SESSIONS) {
            modes.remove(modes.keySet().iterator().next());
        }
    }

    /** Returns the mode in the client's word, such as {@code auto}; empty until it has reported one. */
    public synchronized Optional<String> of(long sessionId) {
        return Optional.ofNullable(modes.get(sessionId));
    }
}
