package dev.katra.core.memory;

import dev.katra.core.search.TextSearch;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Orders candidates: by their words, and by their meaning if that is known; then by who wrote them, what stands next to
 * them, how important, new and confirmed they are. What is superseded stands below its successor.
 */
final class Ranking {

    private static final double AUTHOR = 1.3;
    private static final double TIME = 1.3;
    private static final double NEIGHBOUR = 0.1;
    private static final double WORDS = 0.6;
    private static final double MEANING = 0.4;
    private static final double IMPORTANCE = 0.03;
    private static final double RECENCY = 0.06;
    private static final double CONFIRMED = 0.04;
    private static final double SUPERSEDED = 0.5;
    private static final double HALF_LIFE_DAYS = 60;

    /** What is so much worse than the best is none. */
    private static final double LEAST_OF_BEST = 0.1;

    private final Candidates candidates;
    private final FilteredRows filter;
    private final Set<Long> authors;
    private final String when;
    private final Instant now;

    /**
     * A ranking.
     *
     * @param authors those that the question names
     * @param when the time that it speaks of, as a word that matches has it
     */
    Ranking(Candidates candidates, FilteredRows filter, Set<Long> authors, String when, Instant now) {
        this.candidates = candidates;
        this.filter = filter;
        this.authors = authors;
        this.when = when;
        this.now = now;
    }

    List<Candidate> best(List<Candidate> all, boolean meaning) {
        Map<Long, Candidate> byId = new HashMap<>();
        boolean any = all.stream().anyMatch(Ranking::says);
        for (Candidate each : all) {
            if ((any && says(each)) || TextSearch.Match.near(any, each.coverage())) {
                byId.put(each.row().id(), each);
            }
        }
        besides(all, byId);
        blend(byId, meaning);
        byId.values().forEach(this::weigh);
        neighbours(byId);
        successors(byId);
        double best = byId.values().stream().mapToDouble(Candidate::score).max().orElse(0);
        return byId.values().stream()
                .filter(each -> each.score() >= best * LEAST_OF_BEST)
                .sorted(Ranking::better)
                .toList();
    }

    /** The better one first; of two as good, the newer one. */
    private static int better(Candidate one, Candidate other) {
        int scores = Double.compare(other.score(), one.score());
        return scores == 0 ? Long.compare(other.row().id(), one.row().id()) : scores;
    }

    /** Whether it has enough of the question to be an answer. */
    static boolean says(Candidate candidate) {
        return TextSearch.Match.says(candidate.coverage(), candidate.why().size()) || !Double.isNaN(candidate.cosine());
    }

    private static void blend(Map<Long, Candidate> all, boolean meaning) {
        if (!meaning) {
            all.values().forEach(each -> each.score(each.words()));
            return;
        }
        double most = all.values().stream().mapToDouble(Candidate::words).max().orElse(0);
        double high = all.values().stream()
                .mapToDouble(Candidate::cosine)
                .filter(c -> !Double.isNaN(c))
                .max()
                .orElse(1);
        double low = all.values().stream()
                .mapToDouble(Candidate::cosine)
                .filter(c -> !Double.isNaN(c))
                .min()
                .orElse(0);
        for (Candidate each : all.values()) {
            double words = most == 0 ? 0 : each.words() / most;
            double near = Double.isNaN(each.cosine()) ? 0 : high == low ? 1 : (each.cosine() - low) / (high - low);
            each.score(WORDS * words + MEANING * near);
            if (near > words) {
                each.because("meaning");
            }
        }
    }

    private void weigh(Candidate candidate) {
        Candidate.Row row = candidate.row();
        double factor = 1 + IMPORTANCE * (row.importance() - NewMemory.USUAL_IMPORTANCE);
        double days = Math.max(0, Duration.between(row.saidAt(), now).toHours() / 24.0);
        factor += RECENCY * Math.pow(0.5, days / HALF_LIFE_DAYS);
        factor += CONFIRMED * Math.min(3, Math.log1p(row.confirmations()));
        if (authors.contains(row.personaId())) {
            factor *= AUTHOR;
            candidate.because("author");
        }
        if (!when.isEmpty() && candidate.why().contains(when)) {
            factor *= TIME;
            candidate.why().remove(when);
            candidate.because("date");
        }
        if (row.supersededBy() != null) {
            factor *= SUPERSEDED;
        }
        candidate.score(candidate.score() * factor);
    }

    /** What has little of the question counts next to what has enough of it. */
    private static void besides(List<Candidate> all, Map<Long, Candidate> byId) {
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
                each.because("neighbour");
            }
        }
    }

    /** What stands next to a good answer in its session is likely to belong to it. */
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

    /** A hit on an old revision brings the one that holds, which stands above it. */
    private void successors(Map<Long, Candidate> byId) {
        for (Candidate old : List.copyOf(byId.values())) {
            Candidate current = old;
            Set<Long> seen = new HashSet<>();
            while (current.row().supersededBy() != null
                    && seen.add(current.row().id())) {
                long next = current.row().supersededBy();
                Candidate known = byId.get(next);
                if (known == null) {
                    List<Candidate.Row> rows = candidates.rows(List.of(next), filter);
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
                        known.because("revision");
                    }
                }
                current = known;
            }
        }
    }
}
