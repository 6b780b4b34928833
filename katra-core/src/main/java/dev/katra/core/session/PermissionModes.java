package dev.katra.core.session;

import java.util.Optional;
import org.springframework.stereotype.Component;

/** Remembers the permission mode that each session's client last reported. A restart of the server clears it. */
@Component
public class PermissionModes {

    private final SessionScoped<String> modes;

    PermissionModes(SessionWatch watch) {
        this.modes = new SessionScoped<>(watch);
    }

    /** Records the mode that a client reports; an empty word changes nothing. */
    public void noteMode(long sessionId, String mode) {
        if (!mode.isEmpty()) {
            modes.put(sessionId, mode);
        }
    }

    /** Returns the mode in the client's word, such as {@code auto}; empty until it has reported one. */
    public Optional<String> of(long sessionId) {
        return Optional.ofNullable(modes.get(sessionId));
    }
}
