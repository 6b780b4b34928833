package dev.katra.gateway.failure;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads how long an endpoint asks to wait, from whichever header, field or words of its answer say so. */
public final class RetryAfter {

    /** The longest wait that the client obeys; if it is told a longer one, it gives up at once. */
    static final Duration MAX_OBEYED = Duration.ofSeconds(60);

    private static final Duration MAX_WAIT = Duration.ofDays(31);
    private static final Pattern PART = Pattern.compile(
            "([0-9]+(?:\\.[0-9]+)?)\\s*(milliseconds?|millis|ms|days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)?"
                    + "(?:\\s*(?:,|and)\\s*|\\s*)");
    private static final Pattern WAIT_PHRASE = Pattern.compile(
            "(?:try again|retry|retrying|wait|resets?|available(?: again)?|back off)\\s+(?:in|after|for|at least|within)?\\s*"
                    + "(?:about |approximately |another |at least )?"
                    + "((?:[0-9]+(?:\\.[0-9]+)?\\s*"
                    + "(?:milliseconds?|millis|ms|days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)\\b"
                    + "\\s*(?:,|and)?\\s*|[0-9]+(?:\\.[0-9]+)?(?:ms|d|h|m|s)(?=[0-9]))+)");
    private static final Pattern DATE_PHRASE = Pattern.compile(
            "\\b(?:at|until|after|on)\\s+([0-9]{4}-[0-9]{2}-[0-9]{2}t[0-9:.]+(?:z|[+-][0-9]{2}:?[0-9]{2}))");
    private static final List<String> FIELDS = List.of(
            "retryDelay", "retry_delay", "retry_after", "retryAfter", "retry_after_seconds", "resets_in_seconds");
    private static final List<String> MILLISECOND_FIELDS = List.of("retry_after_ms", "retryAfterMs");
    private static final List<String> DATE_FIELDS = List.of("resets_at", "reset_at", "resetAt", "reset_time");
    private static final List<String> RESETS =
            List.of("x-ratelimit-reset-after", "x-ratelimit-reset", "x-rate-limit-reset", "ratelimit-reset");

    private RetryAfter() {}

    /** Returns the wait that the endpoint asks for, at most 31 days; empty if it names none. */
    public static Optional<Duration> of(ErrorResponse refusal) {
        Instant now = refusal.header("date").flatMap(RetryAfter::httpDate).orElseGet(Instant::now);
        return first(
                refusal.header("retry-after").flatMap(value -> duration(value, now)),
                refusal.header("retry-after-ms").flatMap(value -> duration(value + "ms", now)),
                field(refusal.tree(), now, 0),
                words(refusal.message(), now),
                refusal.status() == 429 ? resets(refusal, now) : Optional.empty());
    }

    /**
     * Returns the value of the header {@code retry-after} in the form that the client obeys: whole seconds. A wait of
     * up to twice what the client obeys is shortened to that; the client learns the rest at its next try.
     */
    public static Optional<String> header(ErrorResponse refusal) {
        return of(refusal).map(wait -> {
            boolean twice = wait.compareTo(MAX_OBEYED) > 0 && wait.compareTo(MAX_OBEYED.multipliedBy(2)) <= 0;
            return String.valueOf((twice ? MAX_OBEYED : wait).plusMillis(999).toSeconds());
        });
    }

    /**
     * Returns until when to wait, as a clause for a sentence, if that is longer than the client waits; otherwise an
     * empty text.
     */
    static String until(ErrorResponse refusal) {
        Optional<Duration> wait = of(refusal).filter(each -> each.compareTo(MAX_OBEYED) > 0);
        return wait.map(each -> " until " + time(Instant.now().plus(each))).orElse("");
    }

    private static String time(Instant instant) {
        boolean soon = instant.isBefore(Instant.now().plus(Duration.ofHours(12)));
        return DateTimeFormatter.ofPattern(soon ? "HH:mm:ss" : "yyyy-MM-dd HH:mm", Locale.ROOT)
                .withZone(ZoneId.systemDefault())
                .format(instant);
    }

    @SafeVarargs
    private static Optional<Duration> first(Optional<Duration>... found) {
        for (Optional<Duration> each : found) {
            if (each.isPresent()) {
                return each;
            }
        }
        return Optional.empty();
    }

    /** Returns the wait in a field of the error, or of an object in it; the field may name the wait or its end. */
    private static Optional<Duration> field(JsonNode node, Instant now, int depth) {
        if (depth > 4) {
            return Optional.empty();
        }
        for (String name : FIELDS) {
            JsonNode value = node.path(name);
            Optional<Duration> found = value.isObject()
                    ? positive(value.path("seconds").asDouble(0)
                            + value.path("nanos").asDouble(0) / 1e9)
                    : duration(value.asString(""), now);
            if (found.isPresent()) {
                return found;
            }
        }
        for (String name : MILLISECOND_FIELDS) {
            Optional<Duration> found = duration(node.path(name).asString("") + "ms", now);
            if (found.isPresent()) {
                return found;
            }
        }
        for (String name : DATE_FIELDS) {
            Optional<Duration> found = moment(node.path(name).asString(""), now);
            if (found.isPresent()) {
                return found;
            }
        }
        for (JsonNode child : node) {
            if (child.isContainer()) {
                Optional<Duration> found = field(child, now, depth + 1);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Duration> words(String message, Instant now) {
        String lower = message.toLowerCase(Locale.ROOT);
        Matcher said = WAIT_PHRASE.matcher(lower);
        if (said.find()) {
            return units(said.group(1));
        }
        Matcher date = DATE_PHRASE.matcher(lower);
        return date.find() ? moment(date.group(1), now) : Optional.empty();
    }

    /**
     * Returns when the used-up quota is full again. If something is left of both quotas, the wait for tokens counts,
     * because a request can be large; if nothing is known to be left of either, the longer wait counts.
     */
    private static Optional<Duration> resets(ErrorResponse refusal, Instant now) {
        Optional<Duration> requests = reset(refusal, "requests", now);
        Optional<Duration> tokens = reset(refusal, "tokens", now);
        boolean requestsLeft = left(refusal, "requests");
        boolean tokensLeft = left(refusal, "tokens");
        if (requestsLeft && !tokensLeft) {
            return tokens;
        }
        if (tokensLeft && !requestsLeft) {
            return requests;
        }
        if (tokensLeft) {
            return first(tokens, requests);
        }
        Optional<Duration> longest = requests.isPresent() && tokens.isPresent()
                ? Optional.of(requests.get().compareTo(tokens.get()) > 0 ? requests.get() : tokens.get())
                : first(requests, tokens);
        if (longest.isPresent()) {
            return longest;
        }
        for (String name : RESETS) {
            Optional<Duration> found = refusal.header(name).flatMap(value -> duration(value, now));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static boolean left(ErrorResponse refusal, String what) {
        return refusal.header("x-ratelimit-remaining-" + what)
                .filter(value -> !value.strip().matches("-?0*(\\.0*)?"))
                .isPresent();
    }

    private static Optional<Duration> reset(ErrorResponse refusal, String what, Instant now) {
        return first(
                refusal.header("x-ratelimit-reset-" + what).flatMap(value -> duration(value, now)),
                refusal.header("anthropic-ratelimit-" + what + "-reset").flatMap(value -> duration(value, now)));
    }

    /**
     * Reads a wait written as {@code 1m30s}, {@code 20ms}, {@code 7.5}, a date in a common form, or seconds since 1970.
     */
    private static Optional<Duration> duration(String text, Instant now) {
        String value = text.strip();
        if (value.isEmpty() || value.equals("ms")) {
            return Optional.empty();
        }
        if (value.matches("[0-9]{10,13}(\\.[0-9]+)?")) {
            return moment(value, now);
        }
        Optional<Duration> units = units(value.toLowerCase(Locale.ROOT));
        return units.isPresent() ? units : moment(value, now);
    }

    private static Optional<Duration> moment(String value, Instant now) {
        try {
            if (value.matches("[0-9]{10,13}(\\.[0-9]+)?")) {
                double number = Double.parseDouble(value);
                long millis = (long) (number > 1e11 ? number : number * 1000);
                return positive((millis - now.toEpochMilli()) / 1000.0);
            }
            Optional<Instant> date = httpDate(value);
            Instant end = date.isPresent()
                    ? date.get()
                    : OffsetDateTime.parse(value.toUpperCase(Locale.ROOT)).toInstant();
            return positive(Duration.between(now, end).toMillis() / 1000.0);
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> httpDate(String value) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value.strip(), Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> units(String text) {
        Matcher part = PART.matcher(text.strip());
        double total = 0;
        int end = 0;
        while (part.find() && part.start() == end && part.end() > end) {
            total += Double.parseDouble(part.group(1)) * unit(part.group(2));
            end = part.end();
        }
        return end == text.strip().length() && end > 0 ? positive(total) : Optional.empty();
    }

    private static double unit(@Nullable String name) {
        if (name == null || name.startsWith("s")) {
            return 1;
        }
        if (name.startsWith("ms") || name.startsWith("milli")) {
            return 0.001;
        }
        return switch (name.charAt(0)) {
            case 'm' -> 60;
            case 'h' -> 3600;
            default -> 86_400;
        };
    }

    private static Optional<Duration> positive(double seconds) {
        return seconds > 0 && seconds <= MAX_WAIT.toSeconds()
                ? Optional.of(Duration.ofMillis((long) Math.ceil(seconds * 1000)))
                : Optional.empty();
    }
}
