package dev.katra.core.search;

import dev.katra.core.text.TimePhrase;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** Makes the terms by which an index filters. They have a {@code _}, which no word has. */
public final class FilterTerms {

    /** The filter term of rows that not everyone may see. */
    public static final String PRIVATE = "p_";

    /** The largest number of days of which each has a term of its own in a question. */
    private static final int MAX_DAYS = 62;

    private FilterTerms() {}

    /** Returns the filter term of what this persona wrote. */
    public static String author(long personaId) {
        return "a_" + personaId;
    }

    /** Returns the filter term of private rows that this persona may see. */
    public static String privateTo(long personaId) {
        return PRIVATE + personaId;
    }

    /** Returns the filter term of a kind, given by its external name. */
    public static String kind(String word) {
        return "k_" + word;
    }

    /** Returns the filter term of a tag. It is a hash, so that in rare cases another tag has the same. */
    public static String tag(String tag) {
        return "t_" + Integer.toHexString(tag.toLowerCase(Locale.ROOT).hashCode());
    }

    /** Returns the filter terms of an instant: for its day and its month, in UTC. */
    public static List<String> time(Instant at) {
        LocalDate day = day(at);
        return List.of(day(day), month(day));
    }

    /** Returns the filter terms of every day in UTC that is a part of the time, or of its months if it is long. */
    public static List<String> time(TimePhrase time, ZoneId zone) {
        LocalDate first = day(time.from(zone));
        LocalDate last = day(time.until(zone).minusMillis(1));
        return first.plusDays(MAX_DAYS).isBefore(last)
                ? first.withDayOfMonth(1)
                        .datesUntil(last.plusDays(1), Period.ofMonths(1))
                        .map(FilterTerms::month)
                        .toList()
                : first.datesUntil(last.plusDays(1)).map(FilterTerms::day).toList();
    }

    /** Returns the filter terms of the days before and after it. */
    static List<String> daysBeside(TimePhrase time, ZoneId zone) {
        return List.of(
                day(day(time.from(zone)).minusDays(1)),
                day(day(time.until(zone).minusMillis(1)).plusDays(1)));
    }

    /** Returns the day of an instant, in UTC. */
    public static LocalDate day(Instant at) {
        return at.atZone(ZoneOffset.UTC).toLocalDate();
    }

    /** Returns the filter term of a day. */
    public static String day(LocalDate day) {
        return "d_" + Math.max(0, day.toEpochDay());
    }

    /** Returns the filter term of the month of a day. */
    public static String month(LocalDate day) {
        return "m_" + Math.max(0, day.getYear() * 12 + day.getMonthValue());
    }
}
