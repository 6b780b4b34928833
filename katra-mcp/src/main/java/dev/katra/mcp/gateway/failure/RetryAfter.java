package dev.katra.mcp.gateway.failure;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long an endpoint asks to wait, from whichever header says so. */
final class RetryAfter {

    private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ms|h|m|s)?");
    private static final long LONGEST = 24 * 3600L;

    private RetryAfter() {}

    /** The value of the header {@code retry-after}. */
    static Optional<String> of(Refusal refusal) {
        Optional<String> said = refusal.header("retry-after").filter(value -> !value.isBlank());
        if (said.isPresent()) {
            return said;
        }
        Optional<Long> exact = refusal.header("retry-after-ms").flatMap(value -> seconds(value + "ms"));
        if (exact.isPresent()) {
            return exact.map(String::valueOf);
        }
        long longest = Math.max(reset(refusal, "requests"), reset(refusal, "tokens"));
        return longest > 0 ? Optional.of(String.valueOf(longest)) : Optional.empty();
    }

    private static long reset(Refusal refusal, String what) {
        boolean left = refusal.header("x-ratelimit-remaining-" + what)
                .filter(value -> !value.strip().equals("0"))
                .isPresent();
        return left
                ? 0
                : refusal.header("x-ratelimit-reset-" + what)
                        .flatMap(RetryAfter::seconds)
                        .orElse(0L);
    }

    /** Seconds in a text such as {@code 1m30s}, {@code 20ms} or {@code 7.5}; nothing longer than a day. */
    private static Optional<Long> seconds(String text) {
        String rest = text.strip().toLowerCase(Locale.ROOT);
        Matcher matcher = PART.matcher(rest);
        double total = 0;
        int end = 0;
        while (matcher.find() && matcher.start() == end && matcher.end() > end) {
            double value = Double.parseDouble(matcher.group(1));
            String unit = matcher.group(2) == null ? "s" : matcher.group(2);
            total += switch (unit) {
                case "ms" -> value / 1000;
                case "m" -> value * 60;
                case "h" -> value * 3600;
                default -> value;
            };
            end = matcher.end();
        }
        boolean whole = end == rest.length() && end > 0;
        return whole && total <= LONGEST ? Optional.of((long) Math.ceil(total)) : Optional.empty();
    }
}
