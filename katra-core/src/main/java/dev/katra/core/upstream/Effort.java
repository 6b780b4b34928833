package dev.katra.core.upstream;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** How long a model is asked to think, from not at all upwards. */
public enum Effort {
    NONE,
    MINIMAL,
    LOW,
    MEDIUM,
    HIGH,
    XHIGH,
    MAX;

    /** The effort of this name on the wire, in any case. */
    public static Optional<Effort> find(String name) {
        return Arrays.stream(values())
                .filter(effort -> effort.wire().equalsIgnoreCase(name))
                .findFirst();
    }

    /** The name on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** This effort if it is supported, else the nearest lower one, else the lowest; empty if none is supported. */
    public Optional<Effort> within(Collection<Effort> supported) {
        Optional<Effort> lower =
                supported.stream().filter(effort -> effort.compareTo(this) <= 0).max(Comparator.naturalOrder());
        return lower.isPresent() ? lower : supported.stream().min(Comparator.naturalOrder());
    }
}
