package dev.katra.core.turn;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

/**
 * Limits how long turns are kept, and how many.
 *
 * @param keep the age up to which they are kept, in days unless a unit is given
 * @param size the size of all their texts together, above which the oldest go
 */
@ConfigurationProperties("katra.turns")
public record TurnLimits(
        @DefaultValue("90d") @DurationUnit(ChronoUnit.DAYS) Duration keep,
        @DefaultValue("64MB") DataSize size) {

    private static final DataSize MIN_SIZE = DataSize.ofMegabytes(1);

    public TurnLimits {
        if (keep.compareTo(Duration.ofHours(1)) < 0) {
            throw new IllegalArgumentException("katra.turns.keep is less than an hour; write 90d for ninety days");
        }
        if (size.compareTo(MIN_SIZE) < 0) {
            throw new IllegalArgumentException("katra.turns.size is less than 1MB; katra.capture=off keeps no turns");
        }
    }
}
