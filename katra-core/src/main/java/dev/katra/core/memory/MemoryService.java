package dev.katra.core.memory;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Actor;
import dev.katra.core.search.Rebuild;
import dev.katra.core.search.Terms;
import dev.katra.core.store.Reads;
import dev.katra.core.store.WriteAheadLog;
import dev.katra.core.store.Writes;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;

/**
 * Remembers, finds and forgets. Changing a memory writes another revision that supersedes it: the newest is what holds,
 * the older ones can be seen.
 */
@Service
public class MemoryService {

    private final Memories memories;
    private final StoredMemories stored;
    private final Recall recall;
    private final StartChoice start;
    private final MemoryVectors vectors;
    private final NewMemories writing;
    private final @Nullable SemanticIndex semantic;
    private final Rebuild rebuild;
    private final Writes writes;
    private final Reads reads;
    private final WriteAheadLog log;
    private final Clock clock;

    MemoryService(
            Memories memories,
            StoredMemories stored,
            Recall recall,
            StartChoice start,
            MemoryVectors vectors,
            NewMemories writing,
            ObjectProvider<SemanticIndex> semantic,
            Rebuild rebuild,
            Writes writes,
            Reads reads,
            WriteAheadLog log,
            Clock clock) {
        this.memories = memories;
        this.stored = stored;
        this.recall = recall;
        this.start = start;
        this.vectors = vectors;
        this.writing = writing;
        this.semantic = semantic.getIfAvailable();
        this.rebuild = rebuild;
        this.writes = writes;
        this.reads = reads;
        this.log = log;
        this.clock = clock;
    }

    /**
     * Stores a memory, or confirms the one in which this author says the same to the same readers already: it counts one
     * confirmation more, and takes the higher importance, the tags of both, and the new kind unless that is a note. A
     * call id that this session has used before changes nothing and returns what it did then.
     */
    public Remembered remember(Actor actor, NewMemory memory, @Nullable String callId) {
        Instant now = now();
        Terms terms = writing.terms(actor, memory, now);
        return writes.run(() -> {
            Remembered before = writing.before(actor, callId);
            if (before != null) {
                return before;
            }
            Memory same = stored.holding(writing.hash(actor.personaId(), memory))
                    .flatMap(memories::findById)
                    .orElse(null);
            if (same != null) {
                return new Remembered(writing.confirm(actor, same, memory, callId, now), true);
            }
            long number = writing.store(actor, memory, callId, null, now, terms);
            writes.afterCommit(() -> semantic(SemanticIndex::written));
            return new Remembered(get(number), false);
        });
    }

    /**
     * Writes the next revision of a memory. What becomes private takes its revisions along.
     *
     * @throws Failure NOT_FOUND if there is none of that number that the actor may see; INVALID if it is somebody
     *     else's and the actor is not a person, or if it would hide what another one said; CONFLICT if it is
     *     superseded, or if the author says the same in another memory
     */
    public KnownMemory edit(Actor actor, long number, MemoryChange change, @Nullable String callId) {
        Instant now = now();
        return writes.run(() -> {
            Remembered before = writing.before(actor, callId);
            if (before != null) {
                return before.memory();
            }
            KnownMemory shown = visible(actor, number);
            Memory old = memories.findById(number).orElseThrow();
            requireOwner(actor, old, shown.author(), "change");
            if (old.supersededBy() != null) {
                throw Failure.conflict("memory " + number + " is superseded by memory " + old.supersededBy())
                        .hint("change that one");
            }
            NewMemory next = change.of(old);
            if (next.equals(MemoryChange.content(old.content()).of(old))) {
                return shown;
            }
            boolean hides = next.scope() == MemoryScope.PRIVATE && old.scope() == MemoryScope.TEAM;
            if (hides) {
                requireWrittenAlone(actor, number);
            }
            stored.holding(writing.hash(actor.personaId(), next))
                    .filter(same -> same != number)
                    .ifPresent(same -> {
                        throw Failure.conflict("memory " + same + " says that already")
                                .hint("forget one of the two");
                    });
            if (hides) {
                stored.upTo(number).forEach(each -> writing.hide(each, actor.personaId()));
            }
            memories.superseded(number, number); // makes room for its content, until the new number is known
            long successor = writing.store(actor, next, callId, number, now, writing.terms(actor, next, now));
            memories.superseded(number, successor);
            writes.afterCommit(() -> semantic(SemanticIndex::written));
            return get(successor);
        });
    }

    /**
     * A memory with all its revisions that the viewer may see.
     *
     * @throws Failure NOT_FOUND if there is none of that number that the viewer may see
     */
    public Revisions show(Actor viewer, long number) {
        return reads.run(() -> {
            visible(viewer, number);
            return new Revisions(number, stored.revisions(number, viewer.personaId()));
        });
    }

    /**
     * Removes a memory and the revisions before it, from the store and from every index. Those after it stay: so what
     * was superseded never holds again. What it returns leaves out what the actor may not see.
     *
     * @throws Failure NOT_FOUND if there is none of that number that the actor may see; INVALID if it is somebody
     *     else's and the actor is not a person
     */
    public Forgotten forget(Actor actor, long number) {
        return writes.run(() -> {
            Memory memory = memories.findById(number)
                    .filter(found -> sees(actor, found.scope(), found.personaId()))
                    .orElseThrow(() -> unknown(number));
            if (memory.forgottenAt() != null) {
                requireOwner(actor, memory, "somebody", "forget");
                return new Forgotten(number, List.of());
            }
            requireOwner(actor, memory, get(number).author(), "forget");
            List<KnownMemory> removed = stored.upTo(number);
            List<KnownMemory> shown =
                    removed.stream().filter(each -> sees(actor, each)).toList();
            List<Long> numbers = removed.stream().map(KnownMemory::number).toList();
            removed.forEach(writing::unindex);
            vectors.remove(numbers);
            memories.forgotten(numbers, now());
            writes.afterCommit(() -> semantic(index -> index.forgotten(numbers)));
            log.emptyAfterCommit();
            return new Forgotten(number, shown);
        });
    }

    /**
     * Finds memories by a question or by words, best first: the team's, and the viewer's private ones.
     *
     * @throws Failure NOT_FOUND if the query names an unknown author
     */
    public Recalled recall(Actor viewer, RecallQuery query) {
        return recall.find(viewer, query, rebuild.complete());
    }

    /**
     * The newest that hold, newest first.
     *
     * @param limit 1 to 100
     * @throws Failure NOT_FOUND if the filter names an unknown author
     */
    public Recent recent(Actor viewer, MemoryFilter filter, int limit) {
        RecallQuery.requireLimit(limit);
        return recall.recent(viewer, filter, limit, rebuild.complete());
    }

    /** The few that a session of this persona should know at its start in this folder, most important first. */
    public List<KnownMemory> startMemories(Actor actor, @Nullable Path folder, int limit) {
        return start.choose(actor, folder, limit, now());
    }

    /** What supersedes another one's memory stays visible to them. */
    private void requireWrittenAlone(Actor actor, long number) {
        stored.upTo(number).stream()
                .filter(each -> !each.author().equals(actor.persona()))
                .findFirst()
                .ifPresent(other -> {
                    throw Failure.invalid("memory " + other.number() + " is " + other.author() + "'s")
                            .hint("only its author can make it private");
                });
    }

    private KnownMemory visible(Actor actor, long number) {
        return stored.known(number).filter(known -> sees(actor, known)).orElseThrow(() -> unknown(number));
    }

    private KnownMemory get(long number) {
        return stored.known(number).orElseThrow();
    }

    private static boolean sees(Actor actor, KnownMemory memory) {
        return memory.scope() == MemoryScope.TEAM || memory.author().equals(actor.persona());
    }

    private static boolean sees(Actor actor, MemoryScope scope, long personaId) {
        return scope == MemoryScope.TEAM || personaId == actor.personaId();
    }

    private static void requireOwner(Actor actor, Memory memory, String author, String what) {
        if (!actor.human() && memory.personaId() != actor.personaId()) {
            throw Failure.invalid("memory " + memory.id() + " is " + author + "'s")
                    .hint("only its author or a person can " + what + " it");
        }
    }

    private static Failure unknown(long number) {
        return Failure.notFound("there is no memory " + number);
    }

    private void semantic(Consumer<SemanticIndex> action) {
        SemanticIndex index = semantic;
        if (index != null) {
            action.accept(index);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
