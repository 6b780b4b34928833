package dev.katra.core.usage;

import dev.katra.core.text.ExternallyNamed;
import java.util.Locale;

/** The source of a figure of usage. */
public enum UsageSource implements ExternallyNamed {
    /** The gateway has counted it. */
    COUNTED,
    /** The session's client has reported it, in its log events or in its transcript. */
    REPORTED;

    /** Returns where the figures of a session on this route come from. */
    public static UsageSource onRoute(String route) {
        return UsageService.passesGateway(route) ? COUNTED : REPORTED;
    }

    /** Returns the source with this external name. */
    public static UsageSource of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
