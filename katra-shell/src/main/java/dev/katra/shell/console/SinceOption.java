package dev.katra.shell.console;

import dev.katra.core.text.Since;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Option;

/**
 * The option {@code --since} of every command that shows only what is not older.
 *
 * @param value an age, a date, or words such as yesterday; null if it is not given
 */
public record SinceOption(
        @Takes(Takes.ValueKind.SINCE)
        @Option(longName = "since", description = "not older: 7d, 2h, a date, or words such as yesterday")
        @Nullable
        String value) {

    /**
     * Returns the time that it names, in the caller's zone; null if it is not given.
     *
     * @param now the time from which an age counts back
     */
    public @Nullable Instant from(Caller caller, Instant now) {
        return value == null ? null : Since.of(value, now, caller.zone());
    }
}
