package dev.katra.core.memory;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Actor;
import dev.katra.core.search.CutTexts;
import dev.katra.core.search.IndexBuilder;
import dev.katra.core.search.Terms;
import dev.katra.core.secret.SecretGuard;
import dev.katra.core.store.Reads;
import dev.katra.core.store.Writes;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;

/**
 * Remembers, finds and forgets memories. Changing a memory writes another revision that supersedes it: only the newest
 * is valid, and the older ones can be seen.
 */
@Service
public class MemoryService {

    private final MemoryRows rows;
    private final MemoryQueries stored;
    private final MemoryIndex index;
    private final Recall recall;
    private final StartMemorySelector start;
    private final MemoryWriter writing;
    private final Forgetting forgetting;
    private final FoundMemories found;
    private final MemoryUses uses;
    private final @Nullable SemanticIndex semantic;
    private final SecretGuard secrets;
    private final IndexBuilder rebuild;
    private final Writes writes;
    private final Reads reads;
    private final Clock clock;

    MemoryService(
            MemoryRows rows,
            MemoryQueries stored,
            MemoryIndex index,
            Recall recall,
            StartMemorySelector start,
            MemoryWriter writing,
            Forgetting forgetting,
            FoundMemories found,
            MemoryUses uses,
            ObjectProvider<SemanticIndex> semantic,
            SecretGuard secrets,
            IndexBuilder rebuild,
            Writes writes,
            Reads reads,
            Clock clock) {
        this.rows = rows;
        this.stored = stored;
        this.index = index;
        this.recall = recall;
        this.start = start;
        this.writing = writing;
        this.forgetting = forgetting;
        this.found = found;
        this.uses = uses;
        this.semantic = semantic.getIfAvailable();
        this.secrets = secrets;
        this.rebuild = rebuild;
        this.writes = writes;
        this.reads = reads;
        this.clock = clock;
    }

    /**
     * Stores a memory, or confirms the one in which this author says the same to the same readers already: that one
     * counts one confirmation more, and takes the higher importance, the tags of both, and the new kind unless that is
     * a note. A call id that this session has used before changes nothing and returns the earlier result.
     */
    public RememberResult remember(Actor actor, NewMemory wanted, @Nullable String callId) {
        return remember(actor, wanted, callId, null);
    }

    /**
     * Stores a memory as {@link #remember(Actor, NewMemory, String)} does, and marks another author's as contradicted by it.
     * If this author has said the same before, that memory gets the mark, and no confirmation.
     *
     * @param contradicts the number of the other memory; null for none
     * @throws Failure NOT_FOUND if there is no memory of that number that the actor may see; INVALID if it is the actor's own;
     *     CONFLICT if it is superseded
     */
    public RememberResult remember(Actor actor, NewMemory wanted, @Nullable String callId, @Nullable Long contradicts) {
        NewMemory memory = wanted.withoutSecrets(secrets);
        Instant now = clock.instant();
        CutTexts cut = CutTexts.of(List.of(writing.text(actor, memory, now)));
        return complete(cut, () -> writes.run(() -> remember(actor, memory, callId, contradicts, now, cut)));
    }

    private @Nullable RememberResult remember(
            Actor actor,
            NewMemory memory,
            @Nullable String callId,
            @Nullable Long contradicts,
            Instant now,
            CutTexts cut) {
        RememberResult before = writing.resultOfCall(actor, callId);
        if (before != null) {
            return before;
        }
        if (contradicts != null) {
            requireOpenToContradiction(actor, contradicts);
        }
        MemoryRow same = stored.findSame(memory.body(), actor.personaId())
                .flatMap(rows::find)
                .orElse(null);
        if (same != null && contradicts != null) {
            writing.noteFound(actor, callId, same.id());
            rows.markContradicted(contradicts, same.id(), now);
            return new RememberResult(get(same.id()), true);
        }
        if (same != null) {
            MemoryDetails confirmed = writing.confirm(actor, same, memory, callId, now, cut);
            return confirmed == null ? null : new RememberResult(confirmed, true);
        }
        long number = writing.store(actor, memory, callId, null, now, cut.terms(writing.text(actor, memory, now)));
        if (contradicts != null) {
            rows.markContradicted(contradicts, number, now);
        }
        writes.afterCommit(() -> notifySemanticIndex(SemanticIndex::onWritten));
        return new RememberResult(get(number), false);
    }

    private void requireOpenToContradiction(Actor actor, long number) {
        MemoryDetails other = visible(actor, number);
        if (other.author().name().equals(actor.persona())) {
            throw Failure.invalid("memory " + number + " is your own").hint("let the new memory supersede it instead");
        }
        requireHolds(other);
    }

    private static void requireHolds(MemoryDetails memory) {
        Long successor = memory.lineage().supersededBy();
        if (successor != null) {
            throw Failure.conflict("memory " + memory.number() + " is superseded by memory " + successor)
                    .hint("take that one instead");
        }
    }

    /**
     * Returns the memory that holds, has the same readers and is nearest in its words to this one, if it is so near that one
     * of the two may replace the other.
     */
    public Optional<MemoryDetails> nearest(Actor viewer, MemoryDetails memory) {
        return recall.nearest(viewer, memory);
    }

    /**
     * Lets a memory take the place of another one, which it then supersedes as if it were its next revision. The two must
     * have the same readers.
     *
     * @throws Failure NOT_FOUND if there is no memory of one of the numbers that the actor may see; INVALID if the old one is
     *     somebody else's and the actor is not a person, or if they are one, or have other readers; CONFLICT if one of them is
     *     superseded
     */
    public MemoryDetails supersede(Actor actor, long number, long successor) {
        return writes.run(() -> {
            MemoryDetails old = visible(actor, number);
            MemoryDetails next = visible(actor, successor);
            requireOwner(actor, rows.find(number).orElseThrow(), old.author().name(), "change");
            if (number == successor) {
                throw Failure.invalid("memory " + number + " cannot supersede itself")
                        .hint("give two numbers: that of the old memory, then that of the one that holds");
            }
            requireHolds(old);
            requireHolds(next);
            if (old.body().scope() != next.body().scope()) {
                throw Failure.invalid("memories " + number + " and " + successor + " have different readers")
                        .hint("give them the same scope first, or forget one of the two");
            }
            takePlace(number, successor);
            return get(successor);
        });
    }

    /** Puts a memory that holds before the revisions of another one that holds. Must be called inside a write. */
    private void takePlace(long number, long successor) {
        long first = stored.firstRevision(successor);
        rows.markSuperseded(number, first);
        rows.setPredecessor(first, number);
        rows.takeContradictions(successor, number);
    }

    /**
     * Notes that a person says that a memory is right: the marks of those that contradict it go, and for a while it is not
     * shown again as one to look at.
     *
     * @throws Failure NOT_FOUND if there is no memory of that number that the actor may see; INVALID if the actor is not a
     *     person
     */
    public MemoryDetails keep(Actor actor, long number) {
        if (!actor.human()) {
            throw Failure.invalid("only a person can settle what is contradicted")
                    .hint("supersede your own memory, or forget it");
        }
        return writes.run(() -> {
            visible(actor, number);
            rows.removeContradictions(number);
            uses.noteReviewed(number, clock.instant());
            return get(number);
        });
    }

    /**
     * Writes the next revision of a memory. If it becomes private, its earlier revisions become private too. If the actor
     * says the same to the same readers in another memory already, that one supersedes it and is returned.
     *
     * @throws Failure NOT_FOUND if there is no memory of that number that the actor may see; INVALID if it is somebody
     *     else's and the actor is not a person, or if the change would hide what another persona has said; CONFLICT if
     *     it is superseded, or if the actor says the same in another memory to others than those who read this one
     */
    public MemoryDetails edit(Actor actor, long number, MemoryChange change, @Nullable String callId) {
        Instant now = clock.instant();
        CutTexts cut = new CutTexts();
        return complete(cut, () -> {
            Edit edit = prepared(number, change);
            return writes.run(() -> edit(actor, number, edit, callId, now, cut));
        });
    }

    /** Completes it as {@link CutTexts#complete} does. If it fails between two of its writes, the index is whole all the same. */
    private <T> T complete(CutTexts cut, Supplier<@Nullable T> writing) {
        return cut.completeOrRestore(writing, number -> writes.run(() -> index.restore(number, cut)) ? true : null);
    }

    /** Holds the next revision of a memory, which is written if the memory is still the same then. */
    private record Edit(
            @Nullable MemoryRow old,
            @Nullable NewMemory next,
            @Nullable Failure refusal) {}

    /**
     * Makes the next revision. It is called outside of the write, because it takes a while to look for secrets; that there
     * is one is told to nobody before it is known who asks.
     */
    private Edit prepared(long number, MemoryChange change) {
        MemoryRow old = reads.run(() -> rows.find(number))
                .filter(found -> found.forgottenAt() == null)
                .orElse(null);
        if (old == null) {
            return new Edit(null, null, null);
        }
        try {
            return new Edit(old, change.of(old.body()).withoutSecrets(secrets), null);
        } catch (Failure refusal) {
            return new Edit(old, null, refusal);
        }
    }

    /** Null if there is more to do before, in another write. */
    private @Nullable MemoryDetails edit(
            Actor actor, long number, Edit edit, @Nullable String callId, Instant now, CutTexts cut) {
        RememberResult before = writing.resultOfCall(actor, callId);
        if (before != null) {
            return before.memory();
        }
        MemoryDetails shown = visible(actor, number);
        MemoryRow old = rows.find(number).orElseThrow();
        requireOwner(actor, old, shown.author().name(), "change");
        if (old.supersededBy() != null) {
            throw Failure.conflict("memory " + number + " is superseded by memory " + old.supersededBy())
                    .hint("change that one");
        }
        NewMemory next = edit.next();
        if (old.equals(edit.old()) && edit.refusal() != null) {
            throw edit.refusal();
        }
        if (next == null || !old.equals(edit.old())) {
            return null;
        }
        if (next.body().equals(old.body())) {
            writing.noteFound(actor, callId, number);
            return shown;
        }
        boolean hides = next.body().scope() == MemoryScope.PRIVATE && old.body().scope() == MemoryScope.TEAM;
        if (hides) {
            requireWrittenAlone(actor, number);
        }
        MemoryRow same = stored.findSame(next.body(), actor.personaId())
                .filter(found -> found != number)
                .flatMap(rows::find)
                .orElse(null);
        if (same != null) {
            if (next.body().scope() != old.body().scope()) {
                throw Failure.conflict("memory " + same.id() + " says that already")
                        .hint("forget one of the two");
            }
            if (writing.confirm(actor, same, next, callId, now, cut) == null) {
                return null;
            }
            takePlace(number, same.id());
            return get(same.id());
        }
        Terms terms = cut.terms(writing.text(actor, next, now));
        if (hides && !hideUpTo(actor, number, cut)) {
            return null;
        }
        rows.markSuperseded(number, number); // makes room for its content, until the new number is known
        long successor = writing.store(actor, next, callId, number, now, terms);
        rows.markSuperseded(number, successor);
        rows.takeContradictions(successor, number);
        if (next.body().content().equals(old.body().content())) {
            rows.takeMarks(successor, number); // another tag settles nothing
        }
        writes.afterCommit(() -> notifySemanticIndex(SemanticIndex::onWritten));
        return get(successor);
    }

    /** The oldest first, so that an edit that is cut off shows nothing that another one has hidden; false if there is more. */
    private boolean hideUpTo(Actor actor, long number, CutTexts cut) {
        Deque<Long> team = new ArrayDeque<>(stored.teamUpTo(number));
        return Writes.inSlice(() -> {
            if (writing.makePrivate(team.element(), actor.personaId(), cut)) {
                team.remove();
            }
            return team.isEmpty();
        });
    }

    /**
     * Returns a memory with all its revisions that the viewer may see.
     *
     * @throws Failure NOT_FOUND if there is no memory of that number that the viewer may see
     */
    public Revisions show(Actor viewer, long number) {
        Revisions shown = reads.run(() -> {
            visible(viewer, number);
            return new Revisions(number, stored.revisions(number, viewer.personaId()));
        });
        if (viewer.sessionId() != null) {
            found.note(List.of(number), clock.instant());
        }
        return shown;
    }

    /**
     * Removes a memory and the revisions before it from the store and from every index. Later revisions stay, so that a
     * superseded one never becomes valid again. The result leaves out what the actor may not see.
     *
     * @throws Failure NOT_FOUND if there is no memory of that number that the actor may see; INVALID if it is somebody
     *     else's and the actor is not a person
     */
    public ForgetResult forget(Actor actor, long number) {
        List<MemoryDetails> removed = forgettable(actor, number);
        forgetting.forget(numbers(removed), clock.instant());
        return new ForgetResult(
                number, removed.stream().filter(each -> sees(actor, each)).toList());
    }

    /** Forgets several memories with the revisions before them. */
    public void forgetAll(Actor actor, List<Long> numbers) {
        forgetting.forget(
                numbers.stream()
                        .flatMap(number -> numbers(forgettable(actor, number)).stream())
                        .toList(),
                clock.instant());
    }

    private static List<Long> numbers(List<MemoryDetails> memories) {
        return memories.stream().map(MemoryDetails::number).toList();
    }

    /** Returns the memory and the revisions before it; none if it is forgotten already. */
    private List<MemoryDetails> forgettable(Actor actor, long number) {
        return reads.run(() -> {
            MemoryRow memory = rows.find(number)
                    .filter(found -> sees(actor, found.body().scope(), found.personaId()))
                    .orElseThrow(() -> unknown(number));
            boolean forgotten = memory.forgottenAt() != null;
            requireOwner(
                    actor, memory, forgotten ? "somebody" : get(number).author().name(), "forget");
            return forgotten
                    ? List.of()
                    : stored.withEarlierRevisions(number).stream()
                            .filter(each ->
                                    actor.human() || each.author().name().equals(actor.persona()))
                            .toList();
        });
    }

    /**
     * Finds memories by a question or by words, best first: the team's, and the private ones of the viewer.
     *
     * @throws Failure NOT_FOUND if the query names an unknown author
     */
    public RecallResult recall(Actor viewer, RecallQuery query) {
        RecallResult recalled = recall.find(viewer, query, rebuild.isComplete());
        if (viewer.sessionId() != null && !recalled.weak()) {
            found.note(
                    recalled.found().stream()
                            .map(each -> each.memory().number())
                            .toList(),
                    clock.instant());
        }
        return recalled;
    }

    /**
     * Returns the newest valid memories, newest first.
     *
     * @param limit 1 to 100
     * @throws Failure NOT_FOUND if the filter names an unknown author
     */
    public RecentMemories recent(Actor viewer, MemoryFilter filter, int limit) {
        RecallQuery.requireLimit(limit);
        return recall.recent(viewer, filter, limit, rebuild.isComplete());
    }

    /**
     * Returns the few memories that a session of this persona should know at its start in this folder, most important
     * first.
     */
    public List<MemoryDetails> startMemories(Actor actor, @Nullable Path folder, int limit) {
        return start.choose(actor, folder, limit, clock.instant(), clock.getZone());
    }

    /**
     * Fails unless the actor has written the memory and all its earlier revisions: other authors would no longer see
     * what has become of theirs.
     */
    private void requireWrittenAlone(Actor actor, long number) {
        stored.anothersUpTo(number, actor.personaId()).ifPresent(other -> {
            throw Failure.invalid(
                            "memory " + other.number() + " is " + other.author().name() + "'s")
                    .hint("only its author can make it private");
        });
    }

    private MemoryDetails visible(Actor actor, long number) {
        return stored.details(number).filter(known -> sees(actor, known)).orElseThrow(() -> unknown(number));
    }

    private MemoryDetails get(long number) {
        return stored.details(number).orElseThrow();
    }

    private static boolean sees(Actor actor, MemoryDetails memory) {
        return memory.body().scope() == MemoryScope.TEAM
                || memory.author().name().equals(actor.persona());
    }

    private static boolean sees(Actor actor, MemoryScope scope, long personaId) {
        return scope == MemoryScope.TEAM || personaId == actor.personaId();
    }

    private static void requireOwner(Actor actor, MemoryRow memory, String author, String what) {
        if (!actor.human() && memory.personaId() != actor.personaId()) {
            throw Failure.invalid("memory " + memory.id() + " is " + author + "'s")
                    .hint("only its author or a person can " + what + " it");
        }
    }

    private static Failure unknown(long number) {
        return Failure.notFound("there is no memory " + number)
                .hint("look for its number: recall finds memories by their words");
    }

    private void notifySemanticIndex(Consumer<SemanticIndex> action) {
        SemanticIndex meanings = semantic;
        if (meanings != null) {
            action.accept(meanings);
        }
    }
}
