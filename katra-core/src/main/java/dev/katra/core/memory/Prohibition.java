package dev.katra.core.memory;

import dev.katra.core.text.TimePhrase;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells of a fact or a decision whether it forbids or freezes something, and until when: "no merges until Friday", "never
 * push to main", "bis 5. Januar nicht deployen".
 */
final class Prohibition {

    /** The words behind which an end stands; a number before "to" and "-" makes it a span of days. */
    private static final Pattern END =
            Pattern.compile("(?<![\\p{L}\\d])(?:until|till|through|before|ends?|ending|bis|endet"
                    + "|vor(?= dem)|jusqu[’'](?:au|à|en)|avant|hasta|antes del?)(?![\\p{L}\\d])"
                    + "|\\d(?:st|nd|rd|th|\\.)? (?:to|-|–|bis|au|al) |直到|到|至");

    /** The words before which an end stands, in Chinese and Japanese. */
    private static final Pattern END_BEFORE = Pattern.compile("まで|之前|以前|为止");

    /** Words by which a prohibition names the time that it is for. */
    private static final Set<String> NOW = Set.of("today", "heute", "this", "dies", "diese", "dieser", "diesen");

    /** Words of a time that is past when it is named. */
    private static final Pattern PAST =
            Pattern.compile("\\b(?:yesterday|gestern|vorgestern|last|ago|letzte[nrs]?|vorige[nrs]?)\\b");

    /** The number of characters behind its word in which an end is looked for. */
    private static final int NEAR = 40;

    /** The number of characters between a prohibition and the time such as today that it is for. */
    private static final int BESIDE = 20;

    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration YEAR = Duration.ofDays(365);

    private Prohibition() {}

    /** Returns whether the memory forbids something, and its end, if it names one, is not over. */
    static boolean isInForce(MemoryDetails memory, Instant now, ZoneId zone) {
        return forbids(memory) && !isOver(memory, now, zone);
    }

    /** Returns whether the memory forbids something, and its end is over. */
    static boolean isExpired(MemoryDetails memory, Instant now, ZoneId zone) {
        return forbids(memory) && isOver(memory, now, zone);
    }

    private static boolean forbids(MemoryDetails memory) {
        return memory.body().kind() != MemoryKind.NOTE
                && ProhibitionWords.places(memory.body().content()).findAny().isPresent();
    }

    private static boolean isOver(MemoryDetails memory, Instant now, ZoneId zone) {
        LocalDate today = day(now, zone);
        return lastDay(lower(memory), memory.saidAt(), zone)
                .filter(today::isAfter)
                .isPresent();
    }

    private static String lower(MemoryDetails memory) {
        return memory.body().content().toLowerCase(Locale.ROOT);
    }

    /** Returns the last day that a text of that time names as an end; empty if it names none. */
    static Optional<LocalDate> lastDay(String text, Instant saidAt, ZoneId zone) {
        Optional<LocalDate> last = Optional.empty();
        Matcher end = END.matcher(text);
        while (end.find()) {
            String rest = text.substring(end.end(), Math.min(text.length(), end.end() + NEAR));
            Optional<LocalDate> day = dayIn(rest, saidAt, zone);
            if (day.isPresent() && (last.isEmpty() || last.get().isBefore(day.get()))) {
                last = day;
            }
        }
        Matcher behind = END_BEFORE.matcher(text);
        if (last.isEmpty() && behind.find()) {
            last = dayIn(text.substring(Math.max(0, behind.start() - NEAR), behind.start()), saidAt, zone);
        }
        return last.isPresent() ? last : ofNow(text, saidAt, zone);
    }

    /** Returns the last day of a time such as today or this week, for which a text is; empty if it names none. */
    private static Optional<LocalDate> ofNow(String text, Instant saidAt, ZoneId zone) {
        return TimePhrase.findIn(text, saidAt, zone)
                .filter(phrase ->
                        List.of(phrase.phrase().split(" ", -1)).stream().anyMatch(NOW::contains))
                .filter(phrase -> isBeside(text, phrase))
                .map(TimePhrase::last);
    }

    /** Returns whether the time stands next to what is forbidden: "it broke today" gives the reason, and no end. */
    private static boolean isBeside(String text, TimePhrase phrase) {
        int end = phrase.at() + phrase.phrase().length();
        return ProhibitionWords.places(text)
                .anyMatch(word -> phrase.at() - word.end() <= BESIDE && word.start() - end <= BESIDE);
    }

    /**
     * Returns the day that is named as the end of something that begins when it is said. A question names past times, as the
     * last Friday or the last 14th of March; an end is the next one.
     */
    private static Optional<LocalDate> dayIn(String text, Instant saidAt, ZoneId zone) {
        LocalDate said = day(saidAt, zone);
        Optional<TimePhrase> past = TimePhrase.findIn(text, saidAt, zone);
        if (past.isEmpty()
                || !past.get().last().isBefore(said)
                || PAST.matcher(text).find()) {
            return past.map(TimePhrase::last);
        }
        for (Duration ahead : List.of(WEEK, YEAR)) {
            Optional<TimePhrase> next = TimePhrase.findIn(text, saidAt.plus(ahead), zone);
            LocalDate limit = said.plusDays(ahead.toDays());
            if (next.isPresent()
                    && !next.get().last().isBefore(said)
                    && !next.get().first().isAfter(limit)) {
                return next.map(TimePhrase::last);
            }
        }
        return past.map(TimePhrase::last);
    }

    private static LocalDate day(Instant at, ZoneId zone) {
        return at.atZone(zone).toLocalDate();
    }
}
