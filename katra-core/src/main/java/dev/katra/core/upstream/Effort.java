package dev.katra.core.upstream;

import dev.katra.core.text.ExternallyNamed;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The reasoning effort that is asked of a model, from none upwards. */
public enum Effort implements ExternallyNamed {
    NONE,
    MINIMAL,
    LOW,
    MEDIUM,
    HIGH,
    XHIGH,
    MAX;

    /** Returns the effort with this name, in any case. */
    public static Optional<Effort> find(String name) {
        return Arrays.stream(values())
                .filter(effort -> effort.externalName().equalsIgnoreCase(name))
                .findFirst();
    }

    /**
     * Returns this effort if it is supported, else the nearest lower one, else the lowest; empty if none is supported.
     */
    public Optional<Effort> nearestSupported(Collection<Effort> supported) {
        Optional<Effort> lower =
                supported.stream().filter(effort -> effort.compareTo(this) <= 0).max(Comparator.naturalOrder());
        return lower.isPresent() ? lower : supported.stream().min(Comparator.naturalOrder());
    }
}
