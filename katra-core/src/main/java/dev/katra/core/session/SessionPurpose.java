package dev.katra.core.session;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.PersistenceCreator;

/**
 * A purpose says what a persona is there for.
 *
 * @param role what it is there for, as the model is told; null for nothing in particular
 * @param wake the mail that wakes its session while that is idle
 */
public record SessionPurpose(@Nullable String role, WakePolicy wake) {

    @PersistenceCreator
    public SessionPurpose {
        Objects.requireNonNull(wake, "wake is null");
    }

    /** Describes a persona that is there for nothing in particular. */
    public SessionPurpose(WakePolicy wake) {
        this(null, wake);
    }
}
