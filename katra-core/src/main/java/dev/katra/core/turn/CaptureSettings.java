package dev.katra.core.turn;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Sets whether the turns of sessions are kept, and for whom.
 *
 * @param capture {@code katra.capture}
 */
@ConfigurationProperties("katra")
public record CaptureSettings(@DefaultValue("private") Capture capture) {

    /** The ways to treat what is asked and answered in a session. */
    public enum Capture {
        /** Nothing is kept, and nothing that was kept is searched. */
        OFF,
        /** A turn is kept for the persona in whose session it was. */
        PRIVATE,
        /** A turn is kept for every persona. */
        TEAM
    }

    /** Returns whether turns are kept. */
    public boolean isOn() {
        return capture != Capture.OFF;
    }
}
