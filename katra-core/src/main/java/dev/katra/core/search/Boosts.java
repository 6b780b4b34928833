package dev.katra.core.search;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Weighs a text that was found by what counts besides its terms: its age, its author and its time. */
public final class Boosts {

    /** The reason of a text that is from the time that the question speaks of. */
    public static final String DATE = "date";

    private static final double AUTHOR = 1.3;
    private static final double TIME = 1.3;
    private static final double RECENCY = 0.06;
    private static final double HALF_LIFE_DAYS = 60;

    private Boosts() {}

    /** Returns what a text of that time gains by being new: 0.06 if it is of now, and half of that each 60 days. */
    public static double recency(Instant at, Instant now) {
        double days = Math.max(0, Duration.between(at, now).toHours() / 24.0);
        return RECENCY * Math.pow(0.5, days / HALF_LIFE_DAYS);
    }

    /**
     * Returns the factor, raised if the question names the author of the text or the time from which it is.
     *
     * @param byNamedAuthor whether the question names the text's author
     * @param ofAskedTime whether it speaks of a time from which the text is
     * @param why the reasons for which the text was found, to which author and date are added
     */
    public static double raised(double factor, boolean byNamedAuthor, boolean ofAskedTime, List<String> why) {
        double raised = factor;
        if (byNamedAuthor) {
            raised *= AUTHOR;
            add(why, "author");
        }
        if (ofAskedTime) {
            raised *= TIME;
            add(why, DATE);
        }
        return raised;
    }

    private static void add(List<String> why, String reason) {
        if (!why.contains(reason)) {
            why.add(reason);
        }
    }
}
