package dev.katra.core.session;

import dev.katra.core.failure.Failure;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Which mail wakes an idle session. */
public enum WakePolicy {
    /** What was said to its persona by name. */
    DIRECT,
    /** That, and what was said to the room. */
    ALL,
    /** None: mail waits for the next prompt. */
    NEVER;

    /** The word that people write. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The policy of that word.
     *
     * @throws Failure INVALID if there is none
     */
    public static WakePolicy of(String word) {
        return Arrays.stream(values())
                .filter(policy -> policy.word().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> Failure.invalid("\"" + word + "\" says not which mail wakes a session")
                        .hint("one of: "
                                + Arrays.stream(values()).map(WakePolicy::word).collect(Collectors.joining(", "))));
    }
}
