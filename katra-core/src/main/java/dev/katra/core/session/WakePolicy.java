package dev.katra.core.session;

import dev.katra.core.failure.Failure;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Decides which mail wakes an idle session. */
public enum WakePolicy {
    /** Mail to its persona by name wakes it. */
    DIRECT,
    /** Mail to its persona by name and mail to the room wake it. */
    ALL,
    /** Mail never wakes it, and waits for the next prompt. */
    NEVER;

    /** Returns the name that people write. */
    public String externalName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the policy with that name, in any case.
     *
     * @throws Failure INVALID if there is no such policy
     */
    public static WakePolicy of(String word) {
        return Arrays.stream(values())
                .filter(policy -> policy.externalName().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> Failure.invalid("\"" + word + "\" is not one of "
                                + Arrays.stream(values())
                                        .map(WakePolicy::externalName)
                                        .collect(Collectors.joining(", ")))
                        .hint("direct is mail by name, all is the room's too, never is none"));
    }
}
