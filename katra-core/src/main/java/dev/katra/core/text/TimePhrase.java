package dev.katra.core.text;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Names a time in the past that a text speaks of, in English, German, French, Spanish, Chinese or Japanese: yesterday, last
 * week, the last three days, on Monday, in March, 2026-03-14, vor drei Tagen, la semaine dernière, 昨天.
 *
 * @param phrase the words that name it, as they stand in the text
 * @param at the index of the phrase in the text
 * @param first the first day
 * @param last the last day, which belongs to it
 * @param inWords false for a date in digits, which may be something else, such as a version
 */
public record TimePhrase(String phrase, int at, LocalDate first, LocalDate last, boolean inWords) {

    /** The length, in characters, from which a text is taken for a log or a letter, whose dates are not what it asks for. */
    private static final int MAX_CHARACTERS = 400;

    /** The number of days back for which words such as recently stand. */
    private static final int RECENT_DAYS = 14;

    private static final Map<String, Integer> NUMBERS = numbered(
            "a|an|one|einem|einer|einen|eine|un|une|una|一",
            "two|couple of|zwei|deux|dos|二|两|兩",
            "three|drei|trois|tres|三",
            "four|few|vier|paar|quatre|quelques|cuatro|unos|unas|pocos|四|几|幾|数",
            "five|fünf|cinq|cinco|五",
            "six|sechs|seis|六",
            "seven|sieben|sept|siete|七",
            "eight|acht|huit|ocho|八",
            "nine|neun|neuf|nueve|九",
            "ten|zehn|dix|diez|十",
            "eleven|elf|onze|once|十一",
            "twelve|zwölf|douze|doce|十二");

    private static final Map<String, Integer> DAYS = numbered(
            "monday|montag|lundi|lunes",
            "tuesday|dienstag|mardi|martes",
            "wednesday|mittwoch|mercredi|miércoles|miercoles",
            "thursday|donnerstag|jeudi|jueves",
            "friday|freitag|vendredi|viernes",
            "saturday|samstag|sonnabend|samedi|sábado|sabado",
            "sunday|sonntag|dimanche|domingo");

    private static final Map<String, Integer> DENSE_DAYS = numbered("一|月", "二|火", "三|水", "四|木", "五|金", "六|土", "日|天");

    private static final Map<String, Integer> SHORT_DAYS =
            numbered("mon", "tue|tues", "wed", "thu|thur|thurs", "fri", "sat", "sun");

    private static final Map<String, Integer> MONTHS = numbered(
            "january|januar|jänner|janvier|enero|janv|jan",
            "february|februar|février|fevrier|febrero|févr|feb|fév",
            "march|märz|maerz|mars|marzo|mar|mär",
            "april|avril|abril|apr|avr|abr",
            "may|mai|mayo",
            "june|juni|juin|junio|jun",
            "july|juli|juillet|julio|juil|jul",
            "august|août|aout|agosto|aug",
            "september|septembre|septiembre|sept|sep",
            "october|oktober|octobre|octubre|oct|okt",
            "november|novembre|noviembre|nov",
            "december|dezember|décembre|decembre|diciembre|dec|dez|déc|dic");

    private static final String NUMBER = "(?<english>\\d{1,3}|" + alternatives(NUMBERS) + ")";
    private static final String GERMAN_NUMBER = NUMBER.replace("<english>", "<german>");
    private static final String FRENCH_NUMBER = NUMBER.replace("<english>", "<french>");
    private static final String SPANISH_NUMBER = NUMBER.replace("<english>", "<spanish>");
    private static final List<String> LANGUAGES = List.of("english", "german", "french", "spanish");
    private static final Set<String> VAGUE =
            Set.of("few", "couple of", "paar", "quelques", "unos", "unas", "pocos", "几", "幾", "数");
    private static final String MONTH = "(?<month>" + alternatives(MONTHS) + ")";
    private static final String DAY = "(?<day>" + alternatives(DAYS) + ")";
    private static final String YEAR = "(?<year>\\d{4})";
    private static final String DATE = "(?<date>\\d{1,2})";

    private static final Pattern FRENCH = Pattern.compile(
            "(?<!\\p{L})(?:qu[e'’i]|quoi|quel|quelle|pourquoi|comment|nous|avons|[lcjd]['’]|le|les|est|été|avec)(?!\\p{L})"
                    + "|(?<!\\p{L})[lcjdn]['’]");

    private static final List<String> TODAY_HINTS = List.of("today", "this morning", "heute", "aujourd", "hoy", "今");
    private static final List<String> YESTERDAY_HINTS = List.of("yesterday", "night", "gestern", "hier", "ayer", "昨");
    private static final List<String> DAY_HINTS = List.of("day", "tag", "jour", "día", "dia", "天", "日");
    private static final List<String> WEEK_HINTS = List.of("week", "woche", "semaine", "semana", "周", "週", "星期", "礼拜");
    private static final List<String> MONTH_HINTS = List.of("month", "monat", "mois", "mes", "月");
    private static final List<String> YEAR_HINTS = List.of("year", "jahr", "l'an", "l’an", "année", "año", "年");
    private static final List<String> HOUR_HINTS = List.of("hour", "minute", "stunde", "heure", "hora", "小时", "時間");
    private static final List<String> RECENT_HINTS = List.of(
            "recent",
            "lately",
            "other day",
            "neulich",
            "kürzlich",
            "letzt",
            "kurzem",
            "récem",
            "recem",
            "temps",
            "recient",
            "ltimamente",
            "poco",
            "最近",
            "近来",
            "この");
    /** Stands before a number in a script without blanks, of which no part may be left out: 十五天前. */
    private static final String WHOLE = "(?<![一二三四五六七八九十百\\d])";

    private static final List<String> DOT = List.of(".");
    private static final List<String> DASH = List.of("-");
    private static final List<String> SLASH = List.of("/");

    private static final List<Rule> RULES = new ArrayList<>();

    /** Holds the days of a time. */
    private record Span(LocalDate first, LocalDate last) {

        static Span of(LocalDate day) {
            return new Span(day, day);
        }

        static Span around(LocalDate day, int days) {
            return new Span(day.minusDays(days), day.plusDays(days));
        }

        static Span week(LocalDate day) {
            LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            return new Span(monday, monday.plusDays(6));
        }

        static Span month(LocalDate day) {
            return new Span(day.withDayOfMonth(1), day.with(TemporalAdjusters.lastDayOfMonth()));
        }

        static Span year(LocalDate day) {
            return new Span(day.withDayOfYear(1), day.with(TemporalAdjusters.lastDayOfYear()));
        }
    }

    /**
     * Recognises one way to name a time.
     *
     * @param hints words of which whatever matches has one: most texts have none, and need not be matched
     * @param days returns the days that a match names, seen from a day; null if it names none
     * @param inWords false for dates in digits
     */
    private record Rule(
            Collection<String> hints,
            Pattern pattern,
            BiFunction<Found, LocalDate, @Nullable Span> days,
            boolean inWords) {

        @Nullable
        TimePhrase in(String text, String lower, LocalDate today) {
            if (hints.stream().noneMatch(lower::contains)) {
                return null;
            }
            Matcher matcher = pattern.matcher(lower);
            while (matcher.find()) {
                Span span = days.apply(new Found(matcher, lower), today);
                if (span != null) {
                    return new TimePhrase(
                            text.substring(matcher.start(), matcher.end()),
                            matcher.start(),
                            span.first(),
                            span.last(),
                            inWords);
                }
            }
            return null;
        }
    }

    /** Reads the parts of a match, which are the named groups of its pattern. */
    private record Found(Matcher match, String text) {

        boolean has(String part) {
            return match.pattern().pattern().contains("(?<" + part + ">") && match.group(part) != null;
        }

        /** Returns a part as a number, from digits or from one of the words; 0 if it is absent. */
        int number(String part, Map<String, Integer> words) {
            if (!has(part)) {
                return 0;
            }
            String text = match.group(part);
            Integer word = words.get(text);
            return word == null ? Integer.parseInt(text) : word;
        }

        int month() {
            return MONTHS.containsKey(match.group("month")) ? number("month", MONTHS) : number("month", NUMBERS);
        }

        int date() {
            return number("date", NUMBERS);
        }

        int year() {
            int year = number("year", NUMBERS);
            return year < 100 ? 2000 + year : year;
        }

        /** Returns the number before a unit, in whichever language it stands. */
        int count() {
            return LANGUAGES.stream().mapToInt(part -> number(part, NUMBERS)).sum();
        }

        /** Returns whether the text is French: in German, hier is here. */
        boolean isFrench() {
            return FRENCH.matcher(text).find();
        }

        /** Returns whether the number before a unit says only about how many. */
        boolean isVague() {
            return LANGUAGES.stream().filter(this::has).anyMatch(part -> VAGUE.contains(match.group(part)));
        }
    }

    static {
        dates();
        daysAndWeeks();
        ages();
        chineseAndJapanese();
    }

    private static void daysAndWeeks() {
        words(
                YESTERDAY_HINTS,
                "the day before yesterday|day before yesterday|vorgestern|avant-hier|anteayer|antes de ayer",
                (found, today) -> Span.of(today.minusDays(2)));
        words(
                YESTERDAY_HINTS,
                "last night|gestern (?:nacht|abend)|hier soir|anoche",
                (found, today) -> new Span(today.minusDays(1), today));
        words(YESTERDAY_HINTS, "yesterday|gestern|ayer", (found, today) -> Span.of(today.minusDays(1)));
        words(YESTERDAY_HINTS, "hier", (found, today) -> found.isFrench() ? Span.of(today.minusDays(1)) : null);
        words(
                TODAY_HINTS,
                "earlier today|today|this morning|heute(?: morgen| früh)?|aujourd['’]hui|hoy",
                (found, today) -> Span.of(today));
        words(
                WEEK_HINTS,
                "last week|(?:in der )?(?:letzte[rn]?|vorige[rn]?|vergangene[rn]?) woche|(?:la )?semaine (?:derni[èe]re|pass[ée]e)"
                        + "|(?:la )?semana pasada",
                (found, today) -> Span.week(today.minusWeeks(1)));
        words(
                WEEK_HINTS,
                "this week|(?:in )?diese[rn]? woche|cette semaine|esta semana",
                (found, today) -> Span.week(today));
        words(
                MONTH_HINTS,
                "last month|(?:im )?(?:letzte[rn]?|vorige[rn]?|vergangene[rn]?) monat|(?:le )?mois (?:dernier|pass[ée])|(?:el )?mes pasado",
                (found, today) -> Span.month(today.minusMonths(1)));
        words(
                MONTH_HINTS,
                "this month|(?:in )?diese[mnr]? monat|ce mois(?:-ci)?|este mes",
                (found, today) -> Span.month(today));
        words(
                YEAR_HINTS,
                "last year|(?:im )?(?:letzte[sn]|vorige[sn]|vergangene[sn]) jahr|l['’](?:an|année) derni(?:er|ère)|(?:el )?año pasado",
                (found, today) -> Span.year(today.minusYears(1)));
        words(YEAR_HINTS, "this year|(?:in )?diese[sm] jahr|cette année|este año", (found, today) -> Span.year(today));
        words(
                DAYS.keySet(),
                "(?<!next |every |each |nächsten |jeden |prochain |chaque |próximo |cada )(?:on |last |this |am |letzten |vergangenen |le |el )?"
                        + DAY + "(?: dernier| pasado)?",
                (found, today) -> weekday(found, DAYS, today));
        words(
                SHORT_DAYS.keySet(),
                "(?:on|last|this) (?<day>" + alternatives(SHORT_DAYS) + ")",
                (found, today) -> weekday(found, SHORT_DAYS, today));
        words(
                RECENT_HINTS,
                "recently|lately|the other day|neulich|kürzlich|letztens|in letzter zeit|vor kurzem|r[ée]cemment|ces derniers temps"
                        + "|recientemente|[úu]ltimamente|hace poco",
                (found, today) -> new Span(today.minusDays(RECENT_DAYS), today));
    }

    private static Span weekday(Found found, Map<String, Integer> names, LocalDate today) {
        return Span.of(today.with(TemporalAdjusters.previous(DayOfWeek.of(found.number("day", names)))));
    }

    private static void ages() {
        words(
                HOUR_HINTS,
                NUMBER + " (?:hours?|minutes?) ago|vor " + GERMAN_NUMBER + " (?:stunden?|minuten?)|il y a "
                        + FRENCH_NUMBER + " (?:heures?|minutes?)|hace " + SPANISH_NUMBER + " (?:horas?|minutos?)",
                (found, today) -> new Span(today.minusDays(1), today));
        words(
                DAY_HINTS,
                age("days?", "tage?n?", "jours?", "d[íi]as?"),
                (found, today) -> Span.around(today.minusDays(found.count()), found.isVague() ? 2 : 0));
        words(
                WEEK_HINTS,
                age("weeks?", "wochen?", "semaines?", "semanas?"),
                (found, today) -> Span.around(today.minusWeeks(found.count()), found.isVague() ? 14 : 3));
        words(
                MONTH_HINTS,
                age("months?", "monate?n?", "mois", "mes(?:es)?"),
                (found, today) -> Span.around(today.minusMonths(found.count()), 15));
        words(
                DAY_HINTS,
                last("days", "tagen?", "jours", "d[íi]as"),
                (found, today) -> new Span(today.minusDays(found.count()), today));
        words(
                WEEK_HINTS,
                last("weeks", "wochen", "semaines", "semanas"),
                (found, today) -> new Span(today.minusWeeks(found.count()), today));
        words(
                MONTH_HINTS,
                last("months", "monaten?", "mois", "meses"),
                (found, today) -> new Span(today.minusMonths(found.count()), today));
    }

    private static String age(String english, String german, String french, String spanish) {
        return "(?:a )?" + NUMBER + " " + english + " ago|vor (?:ein )?" + GERMAN_NUMBER + " " + german + "|il y a "
                + FRENCH_NUMBER + " " + french + "|hace " + SPANISH_NUMBER + " " + spanish;
    }

    private static String last(String english, String german, String french, String spanish) {
        return "(?:in |within |over |during )?(?:the )?(?:last|past) " + NUMBER + " " + english
                + "|(?:in )?(?:den |der |die )?(?:letzten|vergangenen) (?:ein )?" + GERMAN_NUMBER + " " + german
                + "|(?:ces |les |des )?" + FRENCH_NUMBER + " derni[èe]re?s? " + french
                + "|(?:en )?(?:los |las )?[úu]ltim[oa]s " + SPANISH_NUMBER + " " + spanish;
    }

    private static void dates() {
        digits(
                DASH,
                YEAR + "-(?<month>\\d\\d)-(?<date>\\d\\d)",
                (found, today) -> day(found.year(), found.month(), found.date()));
        digits(
                SLASH,
                YEAR + "/(?<month>\\d\\d?)/(?<date>\\d\\d?)",
                (found, today) -> day(found.year(), found.month(), found.date()));
        digits(SLASH, "(?<date>\\d\\d?)/(?<month>\\d\\d?)/" + YEAR, TimePhrase::dayAndMonthInEitherOrder);
        digits(
                DOT,
                "(?:(?<before>am|vom|seit|bis|zum|ab|den|dem|on|of|since|le|el|del) )?(?<![.v])(?<date>\\d{1,2})\\.(?<month>\\d{1,2})\\."
                        + "(?<year>\\d{4}|\\d\\d)?",
                TimePhrase::dateWithDots);
        digits(DASH, YEAR + "-(?<month>\\d\\d)", (found, today) -> month(found.year(), found.month()));
        words(
                MONTHS.keySet(),
                "(?:on |since )?" + MONTH + "\\.? " + DATE + "(?:st|nd|rd|th)?(?:,? " + YEAR + ")?",
                (found, today) -> latestPast(found, found.date(), today));
        words(
                MONTHS.keySet(),
                "(?:am |vom |on |the |le |el )*" + DATE + "(?:st|nd|rd|th|er|\\.)? (?:of |de )?" + MONTH
                        + "\\.?(?:(?: de| del)? " + YEAR + ")?",
                (found, today) -> latestPast(found, found.date(), today));
        words(
                MONTHS.keySet(),
                "(?:in|since|during|last|im|seit|early|late|mid|anfang|ende|mitte|en|depuis|durant|desde|durante) "
                        + MONTH + "(?:(?: de)? " + YEAR + ")?",
                TimePhrase::wholeMonth);
        words(MONTHS.keySet(), MONTH + "\\.?(?: de)? " + YEAR, TimePhrase::wholeMonth);
    }

    private static @Nullable Span wholeMonth(Found found, LocalDate today) {
        Span day = latestPast(found, 1, today);
        return day == null ? null : Span.month(day.first());
    }

    /** Returns the day in the named year, or else the last one that is not in the future. */
    private static @Nullable Span latestPast(Found found, int date, LocalDate today) {
        if (found.has("year")) {
            return day(found.year(), found.month(), date);
        }
        Span day = day(today.getYear(), found.month(), date);
        return day != null && day.first().isAfter(today) ? day(today.getYear() - 1, found.month(), date) : day;
    }

    /** Returns the day if only one of the two numbers can be the month, because some countries write it first. */
    private static @Nullable Span dayAndMonthInEitherOrder(Found found, LocalDate today) {
        int one = found.date();
        int other = found.month();
        if (one > 12 || one == other) {
            return day(found.year(), other, one);
        }
        return other > 12 ? day(found.year(), one, other) : null;
    }

    /** Returns the day if the numbers can hardly be a version: with a whole year, with a word before it, or from the 13th on. */
    private static @Nullable Span dateWithDots(Found found, LocalDate today) {
        boolean fullYear = found.has("year")
                && found.year() >= 2000
                && found.match().group("year").length() == 4;
        boolean maybeVersion = !fullYear && !found.has("before") && (found.has("year") || found.date() <= 12);
        return maybeVersion ? null : latestPast(found, found.date(), today);
    }

    private static void chineseAndJapanese() {
        dense(List.of("前天", "一昨日", "おととい"), "(?<!以)前天|一昨日|おととい", (found, today) -> Span.of(today.minusDays(2)));
        dense(YESTERDAY_HINTS, "昨天|昨日|昨晚", (found, today) -> Span.of(today.minusDays(1)));
        dense(TODAY_HINTS, "今天|今日|今早", (found, today) -> Span.of(today));
        dense(
                WEEK_HINTS,
                "上(?:个|個)?(?:周|週|星期|礼拜)(?<day>[一二三四五六日天])",
                (found, today) ->
                        Span.of(Span.week(today.minusWeeks(1)).first().plusDays(found.number("day", DENSE_DAYS) - 1L)));
        dense(
                WEEK_HINTS,
                "(?<![每下一两兩本这這])(?:周|週|星期|礼拜)(?<day>[一二三四五六日天])(?!志)(?!次)",
                (found, today) -> weekday(found, DENSE_DAYS, today));
        dense(List.of("曜"), "(?<day>[月火水木金土日])曜日?", (found, today) -> weekday(found, DENSE_DAYS, today));
        dense(WEEK_HINTS, "上(?:个|個)?(?:周|週|星期|礼拜)|先週", (found, today) -> Span.week(today.minusWeeks(1)));
        dense(WEEK_HINTS, "(?:这|這|本)(?:个|個)?(?:周|週|星期|礼拜)|今週", (found, today) -> Span.week(today));
        dense(MONTH_HINTS, "上(?:个|個)?月|先月", (found, today) -> Span.month(today.minusMonths(1)));
        dense(MONTH_HINTS, "(?:这|這)(?:个|個)?月|本月|今月", (found, today) -> Span.month(today));
        dense(YEAR_HINTS, "去年|昨年", (found, today) -> Span.year(today.minusYears(1)));
        dense(YEAR_HINTS, "今年", (found, today) -> Span.year(today));
        dense(
                DAY_HINTS,
                WHOLE + NUMBER + "(?:天|日)(?:以|之)?前",
                (found, today) -> Span.around(today.minusDays(found.count()), found.isVague() ? 2 : 0));
        dense(
                WEEK_HINTS,
                WHOLE + NUMBER + "(?:个|個)?(?:周|週|星期|礼拜)(?:间|間)?(?:以|之)?前",
                (found, today) -> Span.around(today.minusWeeks(found.count()), found.isVague() ? 14 : 3));
        dense(
                MONTH_HINTS,
                WHOLE + NUMBER + "(?:个|個|か|ヶ|カ|ケ|箇)月(?:以|之)?前",
                (found, today) -> Span.around(today.minusMonths(found.count()), 15));
        String recent = "(?:最近|过去|過去|近|这|這|ここ|この)的?の?" + NUMBER;
        dense(DAY_HINTS, recent + "(?:天|日)(?:间|間)?", (found, today) -> new Span(today.minusDays(found.count()), today));
        dense(
                WEEK_HINTS,
                recent + "(?:个|個)?(?:周|週|星期|礼拜)(?:间|間)?",
                (found, today) -> new Span(today.minusWeeks(found.count()), today));
        dense(
                MONTH_HINTS,
                recent + "(?:个|個|か|ヶ|カ|ケ|箇)月(?:间|間)?",
                (found, today) -> new Span(today.minusMonths(found.count()), today));
        dense(
                MONTH_HINTS,
                "(?:" + YEAR + "年)?" + WHOLE + "(?<month>\\d{1,2}|十[一二]?|[一二三四五六七八九])月(?<date>\\d{1,2})(?:日|号|號)",
                (found, today) -> latestPast(found, found.date(), today));
        dense(
                MONTH_HINTS,
                "(?:" + YEAR + "年)?" + WHOLE + "(?<month>\\d{1,2}|十[一二]?|[一二三四五六七八九])月份?",
                TimePhrase::wholeMonth);
        dense(RECENT_HINTS, "最近|近来|この頃|このごろ", (found, today) -> new Span(today.minusDays(RECENT_DAYS), today));
    }

    /** Adds a rule for whole words. */
    private static void words(
            Collection<String> hints, String pattern, BiFunction<Found, LocalDate, @Nullable Span> days) {
        RULES.add(new Rule(List.copyOf(hints), separate(pattern), days, true));
    }

    /** Adds a rule for a date in digits. */
    private static void digits(
            Collection<String> hints, String pattern, BiFunction<Found, LocalDate, @Nullable Span> days) {
        RULES.add(new Rule(List.copyOf(hints), separate(pattern), days, false));
    }

    /** Adds a rule for scripts without blanks between words. */
    private static void dense(
            Collection<String> hints, String pattern, BiFunction<Found, LocalDate, @Nullable Span> days) {
        RULES.add(new Rule(List.copyOf(hints), Pattern.compile(pattern), days, true));
    }

    private static Pattern separate(String pattern) {
        return Pattern.compile("(?<![\\p{L}\\d-])(?:" + pattern + ")(?![\\p{L}\\d-])");
    }

    /** Returns the number of each word: 1 for those of the first list, 2 for those of the second. */
    private static Map<String, Integer> numbered(String... lists) {
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < lists.length; i++) {
            int number = i + 1;
            Arrays.stream(lists[i].split("\\|", -1)).forEach(word -> numbers.put(word, number));
        }
        return Map.copyOf(numbers);
    }

    /** Returns a pattern of the words, the longest first, because the first that matches is taken. */
    private static String alternatives(Map<String, Integer> words) {
        return words.keySet().stream()
                .sorted(Comparator.comparing(String::length).reversed().thenComparing(word -> word))
                .collect(Collectors.joining("|"));
    }

    /**
     * Returns the first time that a text names; none if the text is so long that it is a log or a letter.
     *
     * @param zone the zone in which a day begins and ends
     */
    public static Optional<TimePhrase> findIn(String text, Instant now, ZoneId zone) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (text.length() > MAX_CHARACTERS || lower.length() != text.length()) {
            return Optional.empty();
        }
        LocalDate today = now.atZone(zone).toLocalDate();
        for (Rule rule : RULES) {
            TimePhrase found = rule.in(text, lower, today);
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the text in which it was found without the phrase. A date in digits stays, because it may be something else.
     */
    public String without(String text) {
        return inWords ? text.substring(0, at) + " " + text.substring(at + phrase.length()) : text;
    }

    /** Returns whether it is one day. */
    public boolean isDay() {
        return first.equals(last);
    }

    /** Returns the moment at which it begins. */
    public Instant from(ZoneId zone) {
        return first.atStartOfDay(zone).toInstant();
    }

    /** Returns the moment at which it is over. */
    public Instant until(ZoneId zone) {
        return last.plusDays(1).atStartOfDay(zone).toInstant();
    }

    /** Returns the day; null if there is no such month. The last day of the month stands for one after it. */
    private static @Nullable Span day(int year, int month, int date) {
        if (month < 1 || month > 12) {
            return null;
        }
        YearMonth named = YearMonth.of(year, month);
        return Span.of(named.atDay(Math.max(1, Math.min(date, named.lengthOfMonth()))));
    }

    private static @Nullable Span month(int year, int month) {
        Span day = day(year, month, 1);
        return day == null ? null : Span.month(day.first());
    }
}
