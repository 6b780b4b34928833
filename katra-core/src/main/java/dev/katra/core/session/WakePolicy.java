package dev.katra.core.session;

import dev.katra.core.failure.Failure;
import dev.katra.core.text.ExternallyNamed;
import java.util.Locale;

/** Decides which mail wakes an idle session. */
public enum WakePolicy implements ExternallyNamed {
    /** Mail to its persona by name wakes it. */
    DIRECT,
    /** Mail to its persona by name and mail to the room wake it. */
    ALL,
    /** Mail never wakes it, and waits for the next prompt. */
    NEVER;

    /**
     * Returns the policy with that name, in any case.
     *
     * @throws Failure INVALID if there is no such policy
     */
    public static WakePolicy of(String word) {
        return ExternallyNamed.find(WakePolicy.class, word.toLowerCase(Locale.ROOT))
                .orElseThrow(() -> Failure.invalid(
                                "\"" + word + "\" is not one of " + ExternallyNamed.list(WakePolicy.class))
                        .hint("direct is mail by name, all is the room's too, never is none"));
    }
}
