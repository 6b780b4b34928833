package dev.katra.shell.server;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;

/**
 * RetentionSettings say how long messages are kept.
 *
 * @param keep the age up to which messages are kept, in days unless a unit is given; null for ever
 */
@ConfigurationProperties("katra.room")
record RetentionSettings(
        @DurationUnit(ChronoUnit.DAYS) @Nullable Duration keep) {

    RetentionSettings {
        if (keep != null && keep.compareTo(Duration.ofHours(1)) < 0) {
            throw new IllegalArgumentException(
                    "katra.room.keep is less than an hour; write 90d for ninety days, or leave it out to keep all");
        }
    }
}
