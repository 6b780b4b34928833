package dev.katra.launcher.environment;

import dev.katra.launcher.provider.Source;
import java.util.Objects;

/**
 * One variable of a session's environment.
 *
 * @param source where the value comes from
 * @param secret whether the value may be shown to nobody
 */
public record EnvironmentVariable(String name, String value, Source source, boolean secret) {

    private static final String MASK = "********";
    private static final int LONG_ENOUGH_FOR_A_TAIL = 20;
    private static final int TAIL = 4;

    public EnvironmentVariable {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(value, "value is null");
        Objects.requireNonNull(source, "source is null");
    }

    /** The value for people to see: a secret is masked but for the end of a long one, which tells keys apart. */
    public String masked() {
        if (!secret || value.isEmpty()) {
            return value;
        }
        boolean oneLongWord = value.length() >= LONG_ENOUGH_FOR_A_TAIL && value.indexOf(' ') < 0;
        return oneLongWord ? MASK + value.substring(value.length() - TAIL) : MASK;
    }

    @Override
    public String toString() {
        return name + "=" + masked() + " (" + source + ")";
    }
}
