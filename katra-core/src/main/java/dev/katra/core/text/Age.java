package dev.katra.core.text;

import java.time.Duration;
import java.time.Instant;

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
}
