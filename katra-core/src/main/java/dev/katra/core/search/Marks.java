package dev.katra.core.search;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** The terms by which an index filters. They have a {@code _}, which no word has. */
public final class Marks {

    /** Of what not everyone sees. */
    public static final String PRIVATE = "p_";

    private Marks() {}

    /** Of what this persona wrote. */
    public static String author(long personaId) {
        return "a_" + personaId;
    }

    /** Of what is private, and this persona sees. */
    public static String privately(long personaId) {
        return PRIVATE + personaId;
    }

    /** Of what is of this kind, a word. */
    public static String kind(String word) {
        return "k_" + word;
    }

    /** Of a tag, and of another one once in a long while. */
    public static String tag(String tag) {
        return "t_" + Integer.toHexString(tag.toLowerCase(Locale.ROOT).hashCode());
    }

    /** When: the day and its month, in UTC. */
    public static List<String> time(Instant at) {
        LocalDate day = day(at);
        return List.of(day(day), month(day));
    }

    /** Of every day that is meant, or of its months if it is long. */
    public static List<String> time(TimePhrase time) {
        List<LocalDate> days = time.days();
        return days.isEmpty()
                ? time.first()
                        .withDayOfMonth(1)
                        .datesUntil(time.last().plusDays(1), Period.ofMonths(1))
                        .map(Marks::month)
                        .toList()
                : days.stream().map(Marks::day).toList();
    }

    /** The day in UTC. */
    public static LocalDate day(Instant at) {
        return at.atZone(ZoneOffset.UTC).toLocalDate();
    }

    /** Of a day. */
    public static String day(LocalDate day) {
        return "d_" + Math.max(0, day.toEpochDay());
    }

    /** Of the month of a day. */
    public static String month(LocalDate day) {
        return "m_" + Math.max(0, day.getYear() * 12 + day.getMonthValue());
    }
}
