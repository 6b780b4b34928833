package dev.katra.core.secret;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Sets how keys and tokens are handled that somebody says or has remembered.
 *
 * @param secrets {@code katra.secrets}
 */
@ConfigurationProperties("katra")
public record SecretSettings(@DefaultValue("mask") Handling secrets) {

    /** The ways to handle a text that has secrets. */
    public enum Handling {
        /** The text is stored with the name of its kind in the place of each secret. */
        MASK,
        /** The text is refused, and nothing of it is stored. */
        REFUSE,
        /** The text is stored as it is. */
        KEEP
    }
}
