package dev.katra.core.memory;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Actor;
import dev.katra.core.search.Likeness;
import dev.katra.core.search.TermVector;
import dev.katra.core.store.Reads;
import dev.katra.core.text.ExternallyNamed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Finds the memories that a person may look through: contradicted, said twice, not used for long, never found. */
@Service
public class MemoryReview {

    /** The time for which a memory that nobody says, finds or reviews is not stale. */
    public static final Duration STALE_AFTER = Duration.ofDays(90);

    /** The time for which a memory is not shown again that a person has kept. */
    public static final Duration KEPT_FOR = Duration.ofDays(90);

    /** The time for which a memory that no session finds is not yet never found. */
    public static final Duration FOUND_WITHIN = Duration.ofDays(30);

    /** The number of the newest memories among which those that say nearly the same are looked for. */
    private static final int MAX_COMPARED = 20_000;

    private static final int PAGE = 500;

    /** The share of terms from which two memories say nearly the same. */
    private static final double DUPLICATE = 0.75;

    /** The number of memories that a term may have for it to lead to duplicates. */
    private static final int MAX_SHARED = 50;

    private final MemoryQueries stored;
    private final MemoryTexts texts;
    private final MemoryUses uses;
    private final Reads reads;
    private final Clock clock;

    MemoryReview(MemoryQueries stored, MemoryTexts texts, MemoryUses uses, Reads reads, Clock clock) {
        this.stored = stored;
        this.texts = texts;
        this.uses = uses;
        this.reads = reads;
        this.clock = clock;
    }

    /**
     * Holds one memory to look at.
     *
     * @param reasons why, most pressing first
     * @param other the memory that contradicts it or says nearly the same; null for none
     * @param found the number of days on which a session has found it
     * @param foundAt when that was the last time; null for never
     */
    public record Item(
            MemoryDetails memory,
            List<ReviewReason> reasons,
            @Nullable MemoryDetails other,
            int found,
            @Nullable Instant foundAt) {

        public Item {
            reasons = List.copyOf(reasons);
        }

        /** Returns the reasons in words. */
        public String why() {
            return String.join(", ", reasons.stream().map(ExternallyNamed::of).toList());
        }
    }

    /**
     * Returns memories that the viewer may look at, most pressing first.
     *
     * @param wanted the reasons to look for
     * @param limit 1 to 100
     */
    public List<Item> items(Actor viewer, Set<ReviewReason> wanted, int limit) {
        if (wanted.isEmpty()) {
            throw Failure.invalid("there is no reason to look for").hint("give one, or none for all");
        }
        RecallQuery.requireLimit(limit);
        Map<Long, Set<ReviewReason>> reasons = new LinkedHashMap<>();
        Map<Long, Long> others = new HashMap<>();
        for (ReviewReason reason : ReviewReason.values()) {
            if (wanted.contains(reason)) {
                find(viewer, reason, limit, others)
                        .forEach(number -> reasons.computeIfAbsent(number, n -> EnumSet.noneOf(ReviewReason.class))
                                .add(reason));
            }
        }
        List<Long> numbers = reasons.keySet().stream().limit(limit).toList();
        return reads.run(() -> items(numbers, reasons, others));
    }

    private List<Item> items(List<Long> numbers, Map<Long, Set<ReviewReason>> reasons, Map<Long, Long> others) {
        Map<Long, MemoryDetails> known = stored.details(numbers);
        Map<Long, MemoryUses.Use> used = uses.of(numbers);
        List<Item> items = new ArrayList<>();
        for (Long number : numbers) {
            MemoryDetails memory = known.get(number);
            if (memory != null) {
                List<Contradiction> by = memory.lineage().contradictedBy();
                Long other = by.isEmpty()
                        ? others.get(number)
                        : Long.valueOf(by.get(by.size() - 1).number());
                MemoryUses.Use use = used.getOrDefault(number, MemoryUses.Use.NONE);
                items.add(new Item(
                        memory,
                        List.copyOf(reasons.getOrDefault(number, Set.of())),
                        other == null ? null : stored.details(other).orElse(null),
                        use.found(),
                        use.foundAt()));
            }
        }
        return items;
    }

    private Collection<Long> find(Actor viewer, ReviewReason reason, int limit, Map<Long, Long> others) {
        Instant now = clock.instant();
        long id = viewer.personaId();
        return switch (reason) {
            case CONTRADICTED -> reads.run(() -> uses.contradicted(id, limit));
            case STALE -> reads.run(() -> uses.unusedSince(id, now.minus(STALE_AFTER), limit));
            case NEVER_FOUND ->
                reads.run(() -> uses.countedSince()
                        .filter(since -> since.isBefore(now.minus(FOUND_WITHIN)))
                        .map(since -> uses.neverFound(id, now.minus(FOUND_WITHIN), limit))
                        .orElse(List.of()));
            case DUPLICATE -> duplicates(id, now.minus(KEPT_FOR), limit, others);
        };
    }

    /** Returns older memories of which a newer one says nearly the same, and notes which one does. */
    private List<Long> duplicates(long viewer, Instant reviewedSince, int limit, Map<Long, Long> others) {
        Map<Long, TermVector> vectors = new LinkedHashMap<>(); // the newest first
        long below = Long.MAX_VALUE;
        boolean more = true;
        while (more && vectors.size() < MAX_COMPARED) {
            long before = below;
            List<Long> page = reads.run(() -> uses.newest(viewer, before, reviewedSince, PAGE));
            Map<Long, TermVector> read = new HashMap<>();
            reads.run(() -> texts.termVectors(page)).forEach(each -> read.put(each.id(), each));
            for (Long number : page) {
                TermVector vector = read.get(number);
                if (vector != null) {
                    vectors.put(number, vector);
                }
            }
            more = page.size() == PAGE;
            below = page.isEmpty() ? below : page.get(page.size() - 1);
        }
        Map<Integer, List<Long>> byTerm = new HashMap<>();
        vectors.forEach((number, vector) -> vector.distinctTerms()
                .forEach(term ->
                        byTerm.computeIfAbsent(term, t -> new ArrayList<>()).add(number)));
        List<Long> found = new ArrayList<>();
        for (Map.Entry<Long, TermVector> each : vectors.entrySet()) {
            if (found.size() == limit) {
                break; // to compare is most of the work
            }
            long number = each.getKey();
            Long newer = newer(number, each.getValue(), vectors, byTerm);
            if (newer != null && !others.containsValue(number)) {
                others.put(number, newer);
                found.add(number);
            }
        }
        return found;
    }

    private static @Nullable Long newer(
            long number, TermVector vector, Map<Long, TermVector> vectors, Map<Integer, List<Long>> byTerm) {
        return vector.distinctTerms()
                .mapToObj(byTerm::get)
                .filter(shared -> shared != null && shared.size() > 1 && shared.size() <= MAX_SHARED)
                .flatMap(List::stream)
                .filter(other -> other > number)
                .distinct()
                .filter(other -> Likeness.of(vector, Objects.requireNonNull(vectors.get(other))) >= DUPLICATE)
                .max(Long::compare)
                .orElse(null);
    }
}
