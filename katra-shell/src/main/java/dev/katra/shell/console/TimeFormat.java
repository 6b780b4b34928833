package dev.katra.shell.console;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Formats a time as people read it, to the second, in their zone. */
public final class TimeFormat {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private TimeFormat() {}

    /** Returns the time without its day: 04:54:21. */
    public static String time(Instant at, ZoneId zone) {
        return TIME.format(at.atZone(zone));
    }

    /** Returns the time with its day: 2026-11-28 04:54:21. */
    public static String withDay(Instant at, ZoneId zone) {
        return DAY_AND_TIME.format(at.atZone(zone));
    }

    /** Returns the time, with its day unless that is today: 04:54:21. */
    public static String of(Instant at, Instant now, ZoneId zone) {
        ZonedDateTime there = at.atZone(zone);
        return there.toLocalDate().equals(now.atZone(zone).toLocalDate())
                ? TIME.format(there)
                : DAY_AND_TIME.format(there);
    }
}
