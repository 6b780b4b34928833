package dev.katra.core.usage;

import dev.katra.core.text.ExternallyNamed;

/** Names what the requests of one group of usage have in common. */
public enum UsageGrouping implements ExternallyNamed {
    /** The session. */
    SESSION,
    /** The persona of the session. */
    PERSONA,
    /** The provider that answered. */
    PROVIDER,
    /** The endpoint's name of the model. */
    MODEL,
    /** The day, in the time zone of the server. */
    DAY,
    /** The folder in which the session worked. */
    FOLDER,
    /** The purpose of the requests. */
    PURPOSE
}
