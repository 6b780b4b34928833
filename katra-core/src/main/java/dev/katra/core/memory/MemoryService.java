package dev.katra.core.memory;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Actor;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.store.Reads;
import dev.katra.core.store.Uids;
import dev.katra.core.store.Writes;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Remembers, finds and forgets. */
@Service
public class MemoryService {

    private final Memories memories;
    private final MemoryIndex index;
    private final PersonaService personas;
    private final Writes writes;
    private final Reads reads;
    private final Clock clock;

    MemoryService(
            Memories memories, MemoryIndex index, PersonaService personas, Writes writes, Reads reads, Clock clock) {
        this.memories = memories;
        this.index = index;
        this.personas = personas;
        this.writes = writes;
        this.reads = reads;
        this.clock = clock;
    }

    /** Stores a memory. A call id that this session has used before returns what it stored then. */
    public Memory remember(Actor actor, NewMemory memory, @Nullable String callId) {
        return writes.run(() -> written(actor, callId).orElseGet(() -> {
            Memory stored = memories.save(new Memory(
                    0,
                    Uids.next(),
                    actor.personaId(),
                    actor.sessionId(),
                    callId,
                    memory.kind(),
                    memory.scope(),
                    memory.importance(),
                    String.join(" ", memory.tags()),
                    memory.content(),
                    now(),
                    null));
            index.add(stored.id(), stored.content(), actor.persona(), stored.tags());
            return stored;
        }));
    }

    /**
     * Finds memories by any of the words in the query, best first: the team's, and the viewer's private ones.
     *
     * @throws Failure NOT_FOUND if the query names an unknown author
     */
    public Recalled recall(Actor viewer, RecallQuery query) {
        String author = query.author();
        Long authorId = author == null ? null : personas.get(author).id();
        return reads.run(() -> index.find(query.text(), authorId, query.kind(), viewer.personaId(), query.limit()));
    }

    /** The most important memories that the viewer may see, the newest first among equals. */
    public List<Recalled.Found> important(Actor viewer, int limit) {
        return reads.run(() -> index.important(viewer.personaId(), limit));
    }

    /**
     * Removes a memory from the store and from every index, and returns what it was; without content if it was
     * forgotten before.
     *
     * @throws Failure NOT_FOUND if there is none of that number that the actor may see; INVALID if it is somebody
     *     else's and the actor is not a person
     */
    public Memory forget(Actor actor, long number) {
        return writes.run(() -> {
            Memory memory = memories.findById(number)
                    .filter(found -> found.scope() == MemoryScope.TEAM || found.personaId() == actor.personaId())
                    .orElseThrow(() -> Failure.notFound("there is no memory " + number));
            String author = personas.names(List.of(memory.personaId())).get(memory.personaId());
            if (!actor.human() && memory.personaId() != actor.personaId()) {
                throw Failure.invalid("memory " + number + " is " + author + "'s")
                        .hint("only its author or a person can forget it");
            }
            if (memories.forgotten(number, now())) {
                index.remove(number, memory.content(), String.valueOf(author), memory.tags());
            }
            return memory;
        });
    }

    private Optional<Memory> written(Actor actor, @Nullable String callId) {
        Long session = actor.sessionId();
        return session == null || callId == null
                ? Optional.empty()
                : memories.findBySessionIdAndCallId(session, callId);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
