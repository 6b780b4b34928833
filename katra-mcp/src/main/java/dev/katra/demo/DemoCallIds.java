package dev.katra.demo;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Creates and reads the ids of the demo model's tool calls. An id holds the time of its call, so that the model keeps
 * no state.
 */
final class DemoCallIds {

    private static final Pattern PATTERN = Pattern.compile("toolu_demo_(\\d{1,15})_\\w+");

    private DemoCallIds() {}

    static String madeAt(Instant now) {
        return "toolu_demo_" + now.toEpochMilli() + "_"
                + UUID.randomUUID().toString().replace("-", "");
    }

    /** Returns when the call with this id was made; empty if the demo model did not make the id. */
    static Optional<Instant> madeAt(String id) {
        Matcher match = PATTERN.matcher(id);
        return match.matches() ? Optional.of(Instant.ofEpochMilli(Long.parseLong(match.group(1)))) : Optional.empty();
    }
}
