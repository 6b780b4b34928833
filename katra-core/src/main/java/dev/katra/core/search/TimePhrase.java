package dev.katra.core.search;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a time that a question speaks of, in English or German: yesterday, last week, on Monday, in March, 2026-03-14,
 * vor drei Tagen.
 *
 * @param words the words of the question that name it
 * @param last the last day, which belongs to it
 */
public record TimePhrase(List<String> words, LocalDate first, LocalDate last) {

    private static final int MAX_DAYS = 62;
    private static final Map<String, Integer> NUMBERS = Map.ofEntries(
            Map.entry("a", 1),
            Map.entry("one", 1),
            Map.entry("two", 2),
            Map.entry("three", 3),
            Map.entry("four", 4),
            Map.entry("five", 5),
            Map.entry("six", 6),
            Map.entry("seven", 7),
            Map.entry("einem", 1),
            Map.entry("einer", 1),
            Map.entry("zwei", 2),
            Map.entry("drei", 3),
            Map.entry("vier", 4));
    private static final Map<String, DayOfWeek> DAYS = new HashMap<>();
    private static final Map<String, Month> MONTHS = new HashMap<>();
    private static final List<Rule> RULES = new ArrayList<>();

    /**
     * Recognises one way to name a time.
     *
     * @param hints words of which whatever matches has one: most questions have none, and need not be matched
     */
    private record Rule(
            Collection<String> hints, Pattern pattern, BiFunction<MatchResult, LocalDate, LocalDate[]> days) {

        Optional<Matcher> in(String text) {
            return hints.stream().noneMatch(text::contains)
                    ? Optional.empty()
                    : Optional.of(pattern.matcher(text)).filter(Matcher::find);
        }
    }

    static {
        String[] days = {
            "monday montag",
            "tuesday dienstag",
            "wednesday mittwoch",
            "thursday donnerstag",
            "friday freitag",
            "saturday samstag",
            "sunday sonntag"
        };
        String[] monthNames = {
            "january januar",
            "february februar",
            "march märz",
            "april",
            "may mai",
            "june juni",
            "july juli",
            "august",
            "september",
            "october oktober",
            "november",
            "december dezember"
        };
        for (int i = 0; i < days.length; i++) {
            DayOfWeek day = DayOfWeek.of(i + 1);
            Arrays.asList(days[i].split(" ", -1)).forEach(name -> DAYS.put(name, day));
        }
        for (int i = 0; i < monthNames.length; i++) {
            Month month = Month.of(i + 1);
            Arrays.asList(monthNames[i].split(" ", -1)).forEach(name -> MONTHS.put(name, month));
        }
        String number = "(\\d{1,3}|" + String.join("|", NUMBERS.keySet()) + ")";
        String month = "(" + String.join("|", MONTHS.keySet()) + ")";
        List<String> yesterday = List.of("yesterday", "gestern");
        List<String> week = List.of("week", "woche");
        List<String> months = List.of("month", "monat");
        rule(
                List.of("-"),
                "(\\d{4})-(\\d\\d)-(\\d\\d)",
                (m, now) -> day(date(number(m, 1), number(m, 2), number(m, 3))));
        rule(yesterday, "(?:day before yesterday|vorgestern)", (m, now) -> day(now.minusDays(2)));
        rule(yesterday, "(?:yesterday|gestern)", (m, now) -> day(now.minusDays(1)));
        rule(List.of("today", "heute"), "(?:today|heute)", (m, now) -> day(now));
        rule(week, "(?:last week|letzte[rn]? woche|vorige woche)", (m, now) -> week(now.minusWeeks(1)));
        rule(week, "(?:this week|diese[rn]? woche)", (m, now) -> week(now));
        rule(months, "(?:last month|letzte[rn]? monat)", (m, now) -> month(now.minusMonths(1)));
        rule(months, "(?:this month|diese[rn]? monat)", (m, now) -> month(now));
        rule(
                List.of("day", "tag"),
                number + " days? ago|vor " + number + " tage?n?",
                (m, now) -> around(now.minusDays(count(m)), 0));
        rule(week, number + " weeks? ago|vor " + number + " wochen?", (m, now) -> around(now.minusWeeks(count(m)), 3));
        rule(
                months,
                number + " months? ago|vor " + number + " monate?n?",
                (m, now) -> around(now.minusMonths(count(m)), 15));
        rule(
                MONTHS.keySet(),
                month + " (\\d{1,2})(?:st|nd|rd|th)?(?:,? (\\d{4}))?",
                (m, now) -> day(latestPast(m, 1, number(m, 2), 3, now)));
        rule(
                MONTHS.keySet(),
                "(\\d{1,2})(?:st|nd|rd|th|\\.)? (?:of )?" + month + "(?: (\\d{4}))?",
                (m, now) -> day(latestPast(m, 2, number(m, 1), 3, now)));
        rule(
                MONTHS.keySet(),
                "(?:in|since|during|last|im|seit|early|late|mid|anfang|ende|mitte) " + month + "(?: (\\d{4}))?",
                (m, now) -> month(latestPast(m, 1, 1, 2, now)));
        rule(MONTHS.keySet(), month + " (\\d{4})", (m, now) -> month(latestPast(m, 1, 1, 2, now)));
        rule(
                DAYS.keySet(),
                "(?:on |last |this |am |letzten )?(" + String.join("|", DAYS.keySet()) + ")",
                (m, now) -> day(now.with(TemporalAdjusters.previous(DAYS.get(m.group(1))))));
    }

    public TimePhrase {
        words = List.copyOf(words);
    }

    /** Returns the first time that a text names. */
    public static Optional<TimePhrase> findIn(String text, Instant now) {
        String lower = text.toLowerCase(Locale.ROOT);
        LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
        for (Rule rule : RULES) {
            Matcher matcher = rule.in(lower).orElse(null);
            if (matcher != null) {
                LocalDate[] days = rule.days().apply(matcher.toMatchResult(), today);
                if (days.length == 2) {
                    return Optional.of(new TimePhrase(
                            Arrays.asList(matcher.group().split("[^\\p{L}\\d]+", -1)), days[0], days[1]));
                }
            }
        }
        return Optional.empty();
    }

    /** Returns the words as they were asked. */
    public String original() {
        return String.join(" ", words);
    }

    /** Returns every day of the time; none if it is longer than two months. */
    public List<LocalDate> days() {
        return first.plusDays(MAX_DAYS).isBefore(last)
                ? List.of()
                : first.datesUntil(last.plusDays(1)).toList();
    }

    private static void rule(
            Collection<String> hints, String pattern, BiFunction<MatchResult, LocalDate, LocalDate[]> days) {
        RULES.add(new Rule(
                List.copyOf(hints), Pattern.compile("(?<![\\p{L}\\d-])(?:" + pattern + ")(?![\\p{L}\\d-])"), days));
    }

    private static int number(MatchResult match, int group) {
        return Integer.parseInt(match.group(group));
    }

    private static int count(MatchResult match) {
        String text = match.group(1) == null ? match.group(2) : match.group(1);
        Integer word = NUMBERS.get(text);
        return word == null ? Integer.parseInt(text) : word;
    }

    private static LocalDate date(int year, int month, int day) {
        return month < 1 || month > 12
                ? LocalDate.MIN
                : LocalDate.of(year, month, 1)
                        .plusDays(Math.max(
                                0, Math.min(day, LocalDate.of(year, month, 1).lengthOfMonth()) - 1));
    }

    /** Returns the day in the named year, or else the last one that is not in the future. */
    private static LocalDate latestPast(MatchResult match, int month, int day, int year, LocalDate now) {
        int number = MONTHS.getOrDefault(match.group(month), Month.JANUARY).getValue();
        if (match.group(year) != null) {
            return date(number(match, year), number, day);
        }
        LocalDate date = date(now.getYear(), number, day);
        return date.isAfter(now) ? date(now.getYear() - 1, number, day) : date;
    }

    private static LocalDate[] day(LocalDate day) {
        return day.equals(LocalDate.MIN) ? new LocalDate[0] : new LocalDate[] {day, day};
    }

    private static LocalDate[] around(LocalDate day, int days) {
        return new LocalDate[] {day.minusDays(days), day.plusDays(days)};
    }

    private static LocalDate[] week(LocalDate day) {
        LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        return new LocalDate[] {monday, monday.plusDays(6)};
    }

    private static LocalDate[] month(LocalDate day) {
        return new LocalDate[] {day.withDayOfMonth(1), day.with(TemporalAdjusters.lastDayOfMonth())};
    }
}
