package dev.katra.core.text;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** Writes how long ago something was, in few words: 5s, 12m, 3h, 4d. */
public final class Age {

    private Age() {}

    /** Returns the time between two instants in its largest unit. */
    public static String of(Instant then, Instant now) {
        Duration age = Duration.between(then, now);
        if (age.isNegative()) {
            return "0s";
        }
        if (age.toDays() > 0) {
            return age.toDays() + "d";
        }
        if (age.toHours() > 0) {
            return age.toHours() + "h";
        }
        return age.toMinutes() > 0 ? age.toMinutes() + "m" : age.toSeconds() + "s";
    }

    /** Returns the time between two instants as {@link #of} does, with the date if it was a day ago or more: 12d ago (2026-11-18). */
    public static String ago(Instant then, Instant now, ZoneId zone) {
        return of(then, now) + " ago"
                + (Duration.between(then, now).toDays() > 0
                        ? " (" + then.atZone(zone).toLocalDate() + ")"
                        : "");
    }
}
