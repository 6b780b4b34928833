package dev.katra.launcher.agent;

import java.util.Objects;

/**
 * Describes something that a session could otherwise do and that settings or options switch off.
 *
 * @param effect what no longer works
 * @param setBy the key and its file, or the option, that switches it off
 * @param preventsStart whether a session is of no use with it
 * @param remedy what would have to change
 */
public record Restriction(String effect, String setBy, boolean preventsStart, String remedy) {

    public Restriction {
        Objects.requireNonNull(effect, "lost is null");
        Objects.requireNonNull(setBy, "by is null");
        Objects.requireNonNull(remedy, "remedy is null");
    }

    /** Returns what no longer works and what switches it off, in one line. */
    public String text() {
        return effect + ": " + setBy;
    }
}
