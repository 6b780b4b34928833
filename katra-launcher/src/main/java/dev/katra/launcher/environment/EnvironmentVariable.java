package dev.katra.launcher.environment;

import dev.katra.launcher.provider.Source;
import java.util.Objects;

/**
 * Holds one variable of a session's environment.
 *
 * @param source the source of the value
 * @param secret whether the value must not be shown
 */
public record EnvironmentVariable(String name, String value, Source source, boolean secret) {

    private static final String MASK = "********";
    private static final int MIN_LENGTH_FOR_TAIL = 20;
    private static final int TAIL = 4;

    public EnvironmentVariable {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(value, "value is null");
        Objects.requireNonNull(source, "source is null");
    }

    /**
     * Returns the value for display: a secret is masked except the last characters of a long one, which tell keys
     * apart.
     */
    public String masked() {
        if (!secret || value.isEmpty()) {
            return value;
        }
        boolean oneLongWord = value.length() >= MIN_LENGTH_FOR_TAIL && value.indexOf(' ') < 0;
        return oneLongWord ? MASK + value.substring(value.length() - TAIL) : MASK;
    }

    @Override
    public String toString() {
        return name + "=" + masked() + " (" + source + ")";
    }
}
