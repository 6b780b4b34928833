package dev.katra.core.memory;

import dev.katra.core.persona.Actor;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.search.Likeness;
import dev.katra.core.search.Question;
import dev.katra.core.search.QuestionReading;
import dev.katra.core.search.TextSearch;
import dev.katra.core.store.Reads;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Finds memories by a question or by words, or the newest ones. */
@Component
class Recall {

    /**
     * The number of memories that the search by meaning is to yield; twice as many are asked for, because some may be
     * hidden.
     */
    private static final int SEMANTIC_CANDIDATES = 100;

    /** The number of matches by terms that are ranked at least; author and time do not lift others over these. */
    private static final int MIN_RANKED_MATCHES = 60;

    /** The largest number of memories that a filter may leave for the search by meaning. */
    private static final int MAX_FILTERED_ROWS = 50_000;

    /**
     * The number of memories whose term vectors are cached: 16 MB with some 50 terms each, as notes have; 55 MB with
     * the largest number of terms.
     */
    private static final int CACHED_VECTORS = 1 << 16;

    private static final int MAX_CACHED_TERMS = 192;

    /** The number of memories that are compared with a new one, word by word. */
    private static final int MAX_COMPARED = 8;

    /** The number of characters of a new memory that are asked for: a text says soon what it is about. */
    private static final int MAX_ASKED = 400;

    private final MemoryQueries stored;
    private final MemoryIndex index;
    private final CandidateReader candidates;
    private final CandidateRows rows;
    private final PersonaService personas;
    private final @Nullable SemanticIndex semantic;
    private final PastEvents events;
    private final Reads reads;
    private final Clock clock;
    private final TextSearch search;

    Recall(
            MemoryQueries stored,
            MemoryIndex index,
            CandidateReader candidates,
            CandidateRows rows,
            PersonaService personas,
            ObjectProvider<SemanticIndex> semantic,
            PastEvents events,
            Reads reads,
            Clock clock) {
        this.stored = stored;
        this.index = index;
        this.candidates = candidates;
        this.rows = rows;
        this.personas = personas;
        this.semantic = semantic.getIfAvailable();
        this.events = events;
        this.reads = reads;
        this.clock = clock;
        this.search = new TextSearch(index.terms(), index.texts()::termVectors, CACHED_VECTORS, MAX_CACHED_TERMS);
    }

    /** Drops the cached term vectors of memories that are gone or have changed. */
    void evict(Collection<Long> numbers) {
        search.evict(numbers);
    }

    RecallResult find(Actor viewer, RecallQuery query, boolean complete) {
        Instant now = clock.instant();
        MemoryRowFilter filter = filter(viewer, query.filter());
        List<SemanticIndex.Neighbour> near = nearestInMeaning(query.text(), filter);
        int changes = search.changes();
        return reads.run(() -> {
            QuestionReading asked = QuestionReading.of(
                    query.text(),
                    now,
                    clock.getZone(),
                    personas::idsByName,
                    event -> events.when(event, viewer.personaId(), now, clock.getZone()));
            TextSearch.Matches matches = search.find(asked.question(), filter.indexFilter(), changes);
            List<TextSearch.Match> looked = matches.matches();
            looked = looked.subList(0, Math.min(looked.size(), Math.max(MIN_RANKED_MATCHES, 2 * query.limit())));
            int others = (int) matches.matches().stream()
                    .skip(looked.size())
                    .filter(match -> match.isRelated(true))
                    .count();
            List<Candidate> ranked = candidates.readAll(looked, near, filter);
            boolean weak = ranked.stream().noneMatch(MemoryRanking::isAnswer)
                    || ranked.stream().noneMatch(isLikely(near));
            ranked = new MemoryRanking(rows, filter, asked, now).best(ranked, !near.isEmpty());
            ranked = new NearlyEqual(ids -> search.vectors(ids, changes)).newestFirst(ranked);
            List<RecallResult.RecalledMemory> found =
                    found(ranked, weak ? Math.min(TextSearch.MAX_WEAK, query.limit()) : query.limit());
            return weak
                    ? new RecallResult(found, found.size(), false, complete, !found.isEmpty())
                    : new RecallResult(found, ranked.size() + others, matches.more(), complete, false);
        });
    }

    /** Returns what tells whether a candidate is likely to be what was asked for: its words, or these and its meaning. */
    private static Predicate<Candidate> isLikely(List<SemanticIndex.Neighbour> near) {
        if (near.isEmpty()) {
            return MemoryRanking::isLikely;
        }
        double farthest = near.get(near.size() - 1).nearness();
        return candidate -> MemoryRanking.isLikely(candidate, farthest);
    }

    /** Returns the memory that holds, has the same readers and is nearest in its words, if that is near. */
    Optional<MemoryDetails> nearest(Actor viewer, MemoryDetails memory) {
        MemoryFilter readers =
                new MemoryFilter(null, null, List.of(), null, memory.body().scope());
        MemoryRowFilter filter = filter(viewer, readers);
        String content = memory.body().content();
        String asked = content.substring(0, Math.min(content.length(), MAX_ASKED));
        int changes = search.changes();
        Map<Long, MemoryDetails> close = reads.run(() -> {
            List<Long> best = search.find(Question.of(asked), filter.indexFilter(), changes).matches().stream()
                    .map(TextSearch.Match::id)
                    .filter(id -> id != memory.number())
                    .limit(MAX_COMPARED)
                    .toList();
            return stored.details(rows.find(best, filter).stream()
                    .filter(row -> row.supersededBy() == null)
                    .map(CandidateRow::id)
                    .toList());
        });
        Likeness likeness = Likeness.of(content);
        Map<MemoryDetails, Double> near = new HashMap<>();
        close.values().forEach(each -> near.put(each, likeness.to(each.body().content())));
        return near.entrySet().stream()
                .filter(each -> each.getValue() >= Likeness.NEAR)
                .filter(each -> memory.lineage().contradicts().stream()
                        .noneMatch(known -> known.number() == each.getKey().number()))
                .max(Map.Entry.<MemoryDetails, Double>comparingByValue()
                        .thenComparing(each -> each.getKey().saidAt()))
                .map(Map.Entry::getKey);
    }

    private List<RecallResult.RecalledMemory> found(List<Candidate> ranked, int limit) {
        List<Candidate> best = ranked.subList(0, Math.min(limit, ranked.size()));
        Map<Long, MemoryDetails> known =
                stored.details(best.stream().map(each -> each.row().id()).toList());
        return best.stream()
                .map(each -> new RecallResult.RecalledMemory(
                        Objects.requireNonNull(known.get(each.row().id())), each.score(), each.why()))
                .toList();
    }

    RecentMemories recent(Actor viewer, MemoryFilter asked, int limit, boolean indexed) {
        MemoryRowFilter filter = filter(viewer, asked);
        return reads.run(() -> {
            List<Long> newest = candidates.newest(filter, limit + 1, indexed);
            List<MemoryDetails> known =
                    new ArrayList<>(stored.details(newest.subList(0, Math.min(limit, newest.size())))
                            .values());
            Collections.reverse(known);
            return new RecentMemories(known, newest.size() > limit);
        });
    }

    /** Returns the memories nearest in meaning. Must be called outside a read: it computes for some milliseconds. */
    private List<SemanticIndex.Neighbour> nearestInMeaning(String text, MemoryRowFilter filter) {
        SemanticIndex meanings = semantic;
        if (meanings == null) {
            return List.of();
        }
        int most = 2 * SEMANTIC_CANDIDATES; // some of them may be private
        LongPredicate allowed = filter.indexFilter().narrows() ? new FilteredNumbers(filter) : number -> true;
        return meanings.nearest(text, allowed, most).orElse(List.of());
    }

    /**
     * Accepts the memories that pass a filter. It asks the index at the first call: never as long as there are no
     * vectors.
     */
    private final class FilteredNumbers implements LongPredicate {

        private final MemoryRowFilter filter;
        private @Nullable Set<Long> numbers;

        FilteredNumbers(MemoryRowFilter filter) {
            this.filter = filter;
        }

        @Override
        public boolean test(long number) {
            Set<Long> known = numbers;
            if (known == null) {
                known = Set.copyOf(
                        reads.run(() -> index.terms().newest(filter.indexFilter(), Long.MAX_VALUE, MAX_FILTERED_ROWS)));
                numbers = known;
            }
            return known.contains(number);
        }
    }

    private MemoryRowFilter filter(Actor viewer, MemoryFilter filter) {
        String name = filter.author();
        @Nullable Long author = name == null ? null : personas.get(name).id();
        return new MemoryRowFilter(viewer.personaId(), author, filter, clock.instant());
    }
}
