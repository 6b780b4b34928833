package dev.katra.core.text;

import dev.katra.core.failure.Failure;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the time from which something counts: an age such as 90m, 2h, 7d or 3w, an ISO date, with a time or without, or
 * words such as yesterday and last week.
 */
public final class Since {

    private static final Pattern AGE = Pattern.compile("(\\d{1,6})\\s*([smhdw])");

    private Since() {}

    /**
     * Returns the instant that the text names.
     *
     * @param zone the zone of dates and times that name none
     * @throws Failure INVALID if the text names none
     */
    public static Instant of(String text, Instant now, ZoneId zone) {
        String given = text.strip();
        Matcher age = AGE.matcher(given.toLowerCase(Locale.ROOT));
        if (age.matches()) {
            return now.minus(unit(age.group(2)).multipliedBy(Long.parseLong(age.group(1))));
        }
        TimePhrase phrase = TimePhrase.findIn(given, now, zone).orElse(null);
        if (phrase != null && phrase.inWords() && phrase.phrase().equals(given)) {
            return phrase.from(zone);
        }
        try {
            if (given.indexOf('T') < 0) {
                return LocalDate.parse(given).atStartOfDay(zone).toInstant();
            }
            return zoned(given)
                    ? OffsetDateTime.parse(given).toInstant()
                    : LocalDateTime.parse(given).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            throw Failure.invalid("\"" + text + "\" is not a time to begin at")
                    .hint(
                            "an age such as 2h or 7d, a date such as 2026-03-14 or 2026-03-14T09:30, or words such as yesterday")
                    .cause(e);
        }
    }

    private static boolean zoned(String time) {
        return time.matches(".*(Z|[+-]\\d\\d(:?\\d\\d)?)");
    }

    private static Duration unit(String letter) {
        return switch (letter) {
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            case "d" -> Duration.ofDays(1);
            default -> Duration.ofDays(7);
        };
    }
}
