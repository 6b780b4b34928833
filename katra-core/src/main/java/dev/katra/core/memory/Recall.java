package dev.katra.core.memory;

import dev.katra.core.persona.Actor;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.search.Marks;
import dev.katra.core.search.Question;
import dev.katra.core.search.TextSearch;
import dev.katra.core.search.TimePhrase;
import dev.katra.core.store.Reads;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Finds memories. */
@Component
class Recall {

    /** Of those by the meaning. */
    private static final int MOST_CANDIDATES = 100;

    /** Of those by the words, for the most that is asked for; who wrote it and when does not lift others over these. */
    private static final int MOST_LOOKED = 60;

    /** What a filter may leave for the search by meaning to look at. */
    private static final int MOST_ALLOWED = 50_000;

    /** With some 50 terms each, as notes have, these take 16 MB; with the most terms, 55. */
    private static final int KEPT = 1 << 16;

    private static final int KEPT_TERMS = 192;

    private final StoredMemories stored;
    private final Candidates candidates;
    private final PersonaService personas;
    private final @Nullable SemanticIndex semantic;
    private final Reads reads;
    private final Clock clock;
    private final TextSearch search;

    Recall(
            StoredMemories stored,
            Candidates candidates,
            PersonaService personas,
            ObjectProvider<SemanticIndex> semantic,
            Reads reads,
            Clock clock) {
        this.stored = stored;
        this.candidates = candidates;
        this.personas = personas;
        this.semantic = semantic.getIfAvailable();
        this.reads = reads;
        this.clock = clock;
        this.search = new TextSearch(stored.index(), stored::documents, KEPT, KEPT_TERMS);
    }

    /** These are gone or have changed. */
    void forgotten(Collection<Long> numbers) {
        search.forget(numbers);
    }

    Recalled find(Actor viewer, RecallQuery query, boolean complete) {
        Instant now = clock.instant();
        FilteredRows filter = filter(viewer, query.filter());
        List<SemanticIndex.Near> near = near(query.text(), filter);
        int changes = search.changes();
        return reads.run(() -> {
            Question question = Question.of(query.text());
            Set<Long> authors = new HashSet<>();
            Optional<TimePhrase> time = TimePhrase.in(query.text(), now);
            if (time.isPresent()) {
                question = question.marked(
                        time.get().surface(), Marks.time(time.get()), time.get().words());
            }
            for (Map.Entry<String, Long> named :
                    personas.among(question.names()).entrySet()) {
                question = question.named(named.getKey(), Marks.author(named.getValue()));
                authors.add(named.getValue());
            }
            TextSearch.Matches matches = search.find(question, filter.marks(), changes);
            List<TextSearch.Match> looked = matches.matches();
            looked = looked.subList(0, Math.min(looked.size(), Math.max(MOST_LOOKED, 2 * query.limit())));
            int others = (int) matches.matches().stream()
                    .skip(looked.size())
                    .filter(match -> match.near(true))
                    .count();
            List<Candidate> ranked = candidates.of(looked, near, filter);
            String when = time.map(TimePhrase::surface).orElse("");
            boolean weak = ranked.stream().noneMatch(Ranking::says);
            ranked = new Ranking(candidates, filter, authors, when, now).best(ranked, !near.isEmpty());
            List<Recalled.Found> found =
                    found(ranked, weak ? Math.min(TextSearch.MOST_WEAK, query.limit()) : query.limit());
            return weak
                    ? new Recalled(found, found.size(), false, complete, !found.isEmpty())
                    : new Recalled(found, ranked.size() + others, matches.more(), complete, false);
        });
    }

    private List<Recalled.Found> found(List<Candidate> ranked, int limit) {
        List<Candidate> best = ranked.subList(0, Math.min(limit, ranked.size()));
        Map<Long, KnownMemory> known =
                stored.known(best.stream().map(each -> each.row().id()).toList());
        return best.stream()
                .map(each -> new Recalled.Found(
                        Objects.requireNonNull(known.get(each.row().id())), each.score(), each.why()))
                .toList();
    }

    Recent recent(Actor viewer, MemoryFilter asked, int limit, boolean indexed) {
        FilteredRows filter = filter(viewer, asked);
        return reads.run(() -> {
            List<Long> newest = candidates.newest(filter, limit + 1, indexed);
            List<KnownMemory> known = new ArrayList<>(stored.known(newest.subList(0, Math.min(limit, newest.size())))
                    .values());
            Collections.reverse(known);
            return new Recent(known, newest.size() > limit);
        });
    }

    /** Outside of the reading transaction: it computes for some milliseconds. */
    private List<SemanticIndex.Near> near(String text, FilteredRows filter) {
        SemanticIndex index = semantic;
        if (index == null) {
            return List.of();
        }
        int most = 2 * MOST_CANDIDATES; // some of them may be private
        LongPredicate allowed = filter.marks().narrows() ? new Marked(filter) : number -> true;
        return index.nearest(text, allowed, most).orElse(List.of());
    }

    /** What a filter leaves, by the index, which is asked once it matters: never while there are no meanings. */
    private final class Marked implements LongPredicate {

        private final FilteredRows filter;
        private @Nullable Set<Long> numbers;

        Marked(FilteredRows filter) {
            this.filter = filter;
        }

        @Override
        public boolean test(long number) {
            Set<Long> known = numbers;
            if (known == null) {
                known = Set.copyOf(
                        reads.run(() -> stored.index().newest(filter.marks(), Long.MAX_VALUE, MOST_ALLOWED)));
                numbers = known;
            }
            return known.contains(number);
        }
    }

    private FilteredRows filter(Actor viewer, MemoryFilter filter) {
        String name = filter.author();
        @Nullable Long author = name == null ? null : personas.get(name).id();
        return new FilteredRows(viewer.personaId(), author, filter, clock.instant());
    }
}
