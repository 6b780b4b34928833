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
        NewMemory memory = wanted.withoutSecrets(secrets);
        Instant now = clock.instant();
        CutTexts cut = CutTexts.of(List.of(writing.text(actor, memory, now)));
        return complete(cut, () -> writes.run(() -> remember(actor, memory, callId, now, cut)));
    }

    private @Nullable RememberResult remember(
            Actor actor, NewMemory memory, @Nullable String callId, Instant now, CutTexts cut) {
        RememberResult before = writing.resultOfCall(actor, callId);
        if (before != null) {
            return before;
        }
        MemoryRow same = stored.findByHash(memory.body().contentHash(actor.personaId()))
                .flatMap(rows::find)
                .orElse(null);
        if (same != null) {
            MemoryDetails confirmed = writing.confirm(actor, same, memory, callId, now, cut);
            return confirmed == null ? null : new RememberResult(confirmed, true);
        }
        long number = writing.store(actor, memory, callId, null, now, cut.terms(writing.text(actor, memory, now)));
        writes.afterCommit(() -> notifySemanticIndex(SemanticIndex::onWritten));
        return new RememberResult(get(number), false);
    }

    /**
     * Writes the next revision of a memory. If it becomes private, its earlier revisions become private too.
     *
     * @throws Failure NOT_FOUND if there is no memory of that number that the actor may see; INVALID if it is somebody
     *     else's and the actor is not a person, or if the change would hide what another persona has said; CONFLICT if
     *     it is superseded, or if the author says the same in another memory
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
        requireOnlyHere(actor, number, next);
        Terms terms = cut.terms(writing.text(actor, next, now));
        if (hides && !hideUpTo(actor, number, cut)) {
            return null;
        }
        rows.markSuperseded(number, number); // makes room for its content, until the new number is known
        long successor = writing.store(actor, next, callId, number, now, terms);
        rows.markSuperseded(number, successor);
        writes.afterCommit(() -> notifySemanticIndex(SemanticIndex::onWritten));
        return get(successor);
    }

    private void requireOnlyHere(Actor actor, long number, NewMemory next) {
        stored.findByHash(next.body().contentHash(actor.personaId()))
                .filter(same -> same != number)
                .ifPresent(same -> {
                    throw Failure.conflict("memory " + same + " says that already")
                            .hint("forget one of the two");
                });
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
        return reads.run(() -> {
            visible(viewer, number);
            return new Revisions(number, stored.revisions(number, viewer.personaId()));
        });
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
            return forgotten ? List.of() : stored.withEarlierRevisions(number);
        });
    }

    /**
     * Finds memories by a question or by words, best first: the team's, and the private ones of the viewer.
     *
     * @throws Failure NOT_FOUND if the query names an unknown author
     */
    public RecallResult recall(Actor viewer, RecallQuery query) {
        return recall.find(viewer, query, rebuild.isComplete());
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
        return start.choose(actor, folder, limit, clock.instant());
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
