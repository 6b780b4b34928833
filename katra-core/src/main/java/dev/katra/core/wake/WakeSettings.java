package dev.katra.core.wake;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Sets the limits of waking.
 *
 * @param turnsPerHour how many turns Katra starts in a session within an hour without a person writing to it
 */
@ConfigurationProperties("katra.wake")
public record WakeSettings(@DefaultValue("20") int turnsPerHour) {

    public WakeSettings {
        if (turnsPerHour < 1 || turnsPerHour > 1000) {
            throw new IllegalArgumentException(
                    "katra.wake.turns-per-hour is " + turnsPerHour + ", and must be 1 to 1000");
        }
    }
}
