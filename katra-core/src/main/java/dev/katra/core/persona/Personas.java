package dev.katra.core.persona;

import dev.katra.core.persona.PersonaService.PersonaSummary;
import dev.katra.core.persona.PersonaService.Standing;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stores personas, and how they stand to the room. Names compare ignoring case. A method that changes something must be
 * called inside a write, any other inside a read or a write.
 */
public interface Personas {

    /** Returns the persona with this id. */
    Optional<Persona> find(long id);

    /** Returns the personas with these ids, in the order in which they came. */
    List<Persona> find(Collection<Long> ids);

    /** Returns the persona of that name. */
    Optional<Persona> findByName(String name);

    /** Returns the ids of those personas that have one of these names, by the names as first written. */
    Map<String, Long> idsByName(Collection<String> names);

    /** Returns the personas that are here without a look at their sessions, in the order in which they came. */
    List<Persona> findAllHere();

    /** Returns the people among {@link #findAllHere}. */
    List<Persona> findPeopleHere();

    /** Returns how a persona stands to the room. */
    Standing standing(long id);

    /** Returns a summary of every persona, in the order in which they came. */
    List<PersonaSummary> summaries();

    /** Returns whether a session of the persona is live. */
    boolean isRunning(long id);

    /** Returns whether the persona is retired, whatever its sessions. */
    boolean isRetired(long id);

    /** Returns the numbers of the persona's valid private memories. */
    List<Long> privateMemories(long id);

    /** Adds a persona, and returns it with its id. */
    Persona add(String name, boolean human, Instant at);

    /** Makes a persona a person or a model. */
    void changeHuman(long id, boolean human);

    /** Gives a persona another name. */
    void rename(long id, String name);

    /** Notes that a persona is here; one that is retired is back. */
    void markHere(long id, Instant at);

    /** Notes that a persona is retired. */
    void markRetired(long id, Instant at);

    /** Notes that a persona is an author only. */
    void markAuthor(long id);
}
