package dev.katra.core.memory;

import dev.katra.core.search.Boosts;
import dev.katra.core.search.QuestionReading;
import dev.katra.core.search.TextSearch;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Ranks candidates: by their terms, and by their meaning if that is known; then by their authors, by their neighbours
 * in the session, and by how important, new and confirmed they are. A superseded memory stands below its successor.
 */
final class MemoryRanking {

    private static final double NEIGHBOUR = 0.4;
    private static final double WORDS = 0.6;
    private static final double MEANING = 0.4;
    private static final double IMPORTANCE = 0.03;
    private static final double CONFIRMED = 0.04;
    private static final double SUPERSEDED = 0.5;

    /** The smallest score that counts, as a share of the best one. */
    private static final double MIN_SHARE_OF_BEST = 0.1;

    /** The smallest share of the best score where meaning counts too: everything is a little like anything. */
    private static final double MIN_SHARE_OF_BEST_MEANING = 0.3;

    /** The number of memories that are found by meaning however their scores fall. */
    private static final int MIN_BY_MEANING = 3;

    private final CandidateRows candidates;
    private final MemoryRowFilter filter;
    private final QuestionReading asked;
    private final Instant now;

    /**
     * Creates a ranking for one question.
     *
     * @param now the moment from which a memory's age is counted
     */
    MemoryRanking(CandidateRows candidates, MemoryRowFilter filter, QuestionReading asked, Instant now) {
        this.candidates = candidates;
        this.filter = filter;
        this.asked = asked;
        this.now = now;
    }

    List<Candidate> best(List<Candidate> all, boolean meaning) {
        Map<Long, Candidate> byId = new HashMap<>();
        boolean any = all.stream().anyMatch(MemoryRanking::isAnswer);
        for (Candidate each : all) {
            if ((any && isAnswer(each)) || TextSearch.Match.isRelated(any, each.coverage())) {
                byId.put(each.row().id(), each);
            }
        }
        addNeighboursOfAnswers(all, byId);
        blend(byId, meaning);
        byId.values().forEach(this::weigh);
        neighbours(byId);
        successors(byId);
        double best = byId.values().stream().mapToDouble(Candidate::score).max().orElse(0);
        List<Candidate> ranked = byId.values().stream()
                .filter(each -> each.score() >= best * MIN_SHARE_OF_BEST)
                .sorted(MemoryRanking::byScoreThenNewest)
                .toList();
        if (!meaning) {
            return ranked;
        }
        long near = ranked.stream()
                .filter(each -> each.score() >= best * MIN_SHARE_OF_BEST_MEANING)
                .count();
        return ranked.subList(0, Math.min(ranked.size(), Math.max(MIN_BY_MEANING, (int) near)));
    }

    /** Orders by score, the highest first; of two with the same score, the newer comes first. */
    private static int byScoreThenNewest(Candidate one, Candidate other) {
        int scores = Double.compare(other.score(), one.score());
        return scores == 0 ? Long.compare(other.row().id(), one.row().id()) : scores;
    }

    /** Returns whether the candidate has enough of the question to be an answer. */
    static boolean isAnswer(Candidate candidate) {
        return TextSearch.Match.isAnswer(candidate.coverage(), candidate.why().size())
                || !Double.isNaN(candidate.nearness());
    }

    /** Returns whether the candidate is likely to be what was asked for, going by its words. */
    static boolean isLikely(Candidate candidate) {
        return TextSearch.Match.isLikely(candidate.coverage(), candidate.words());
    }

    /**
     * Returns whether the candidate is likely to be what was asked for, going by its words and its meaning: the more it
     * has of the words, the less near it need be.
     *
     * @param farthest the nearness of the farthest neighbour; a candidate that is none is no nearer
     */
    static boolean isLikely(Candidate candidate, double farthest) {
        double nearness = Double.isNaN(candidate.nearness()) ? farthest : candidate.nearness();
        return nearness + candidate.coverage() >= 1;
    }

    private static void blend(Map<Long, Candidate> all, boolean meaning) {
        if (!meaning) {
            all.values().forEach(each -> each.score(each.words()));
            return;
        }
        double most = all.values().stream().mapToDouble(Candidate::words).max().orElse(0);
        double high = all.values().stream()
                .mapToDouble(Candidate::nearness)
                .filter(c -> !Double.isNaN(c))
                .max()
                .orElse(1);
        double low = all.values().stream()
                .mapToDouble(Candidate::nearness)
                .filter(c -> !Double.isNaN(c))
                .min()
                .orElse(0);
        for (Candidate each : all.values()) {
            double words = most == 0 ? 0 : each.words() / most;
            double near = Double.isNaN(each.nearness()) ? 0 : high == low ? 1 : (each.nearness() - low) / (high - low);
            each.score(WORDS * words + MEANING * near);
            if (near > words) {
                each.addReason("meaning");
            }
        }
    }

    private void weigh(Candidate candidate) {
        CandidateRow row = candidate.row();
        double factor = 1 + IMPORTANCE * (row.importance() - NewMemory.DEFAULT_IMPORTANCE);
        factor += Boosts.recency(row.saidAt(), now);
        if (row.importance() < NewMemory.MAX_IMPORTANCE) { // what is vital stays so
            factor -= Ageing.loss(row.times().usedAt(), now);
        }
        factor += CONFIRMED * Math.min(3, Math.log1p(Math.max(0, row.confirmations())));
        boolean byNamedAuthor = asked.authors().containsValue(row.personaId());
        factor = Boosts.raised(
                factor,
                byNamedAuthor,
                asked.isOfTime(candidate.why(), row.saidAt(), row.confirmations() > 0),
                candidate.why());
        if (row.supersededBy() != null) {
            factor *= SUPERSEDED;
        }
        candidate.score(candidate.score() * factor);
    }

    /** Adds the candidates that have little of the question themselves but stand next to one that has enough of it. */
    private static void addNeighboursOfAnswers(List<Candidate> all, Map<Long, Candidate> byId) {
        Set<Long> before = new HashSet<>();
        for (Candidate each : byId.values()) {
            Long previous = each.row().previousId();
            if (previous != null) {
                before.add(previous);
            }
        }
        Set<Long> said = new HashSet<>(byId.keySet());
        for (Candidate each : all) {
            Long previous = each.row().previousId();
            long id = each.row().id();
            if (!said.contains(id) && (before.contains(id) || (previous != null && said.contains(previous)))) {
                byId.put(id, each);
                each.addReason("neighbour");
            }
        }
    }

    /**
     * Adds a share of its neighbour's score to each candidate: what stands next to a good answer in its session is
     * likely to belong to it.
     */
    private static void neighbours(Map<Long, Candidate> byId) {
        Map<Long, Double> gained = new HashMap<>();
        for (Candidate each : byId.values()) {
            Candidate previous =
                    each.row().previousId() == null ? null : byId.get(each.row().previousId());
            if (previous != null) {
                gained.merge(each.row().id(), previous.score(), Math::max);
                gained.merge(previous.row().id(), each.score(), Math::max);
            }
        }
        gained.forEach((id, score) -> {
            Candidate each = Objects.requireNonNull(byId.get(id));
            each.score(each.score() + NEIGHBOUR * score);
        });
    }

    /** Adds the valid revision of each old one that was found, with a score above it. */
    private void successors(Map<Long, Candidate> byId) {
        for (Candidate old : List.copyOf(byId.values())) {
            Candidate current = old;
            Set<Long> seen = new HashSet<>();
            while (current.row().supersededBy() != null
                    && seen.add(current.row().id())) {
                long next = current.row().supersededBy();
                Candidate known = byId.get(next);
                if (known == null) {
                    List<CandidateRow> rows = candidates.find(List.of(next), filter);
                    if (rows.isEmpty()) {
                        break;
                    }
                    known = new Candidate(rows.get(0));
                    byId.put(next, known);
                }
                double least = old.score() / (known.row().supersededBy() == null ? SUPERSEDED : 1) + 1e-9;
                if (known.score() < least) {
                    known.score(least);
                    if (known.why().isEmpty() || known.coverage() == 0) {
                        known.addReason("revision");
                    }
                }
                current = known;
            }
        }
    }
}
