package dev.katra.core.room;

import dev.katra.core.persona.Persona;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds past messages. Its methods must be called inside a read. */
public interface MessageHistory {

    /**
     * Returns the newest messages that match, the oldest of them first.
     *
     * @param viewer the id of the persona that must be allowed to see them; null is the owner of the home
     * @param with the persona from or to which they must be; null for all
     * @param thread the number of a message of their thread; null for all
     * @param before the number below which theirs must be; null for all
     */
    List<PastMessage> find(
            @Nullable Long viewer, @Nullable Persona with, @Nullable Long thread, @Nullable Long before, int limit);

    /** Returns the messages with these numbers that the viewer may see, as the other method does. */
    List<PastMessage> findByNumbers(Collection<Long> numbers, @Nullable Long viewer, @Nullable Persona with);
}
