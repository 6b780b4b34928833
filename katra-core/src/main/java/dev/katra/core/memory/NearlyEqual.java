package dev.katra.core.memory;

import dev.katra.core.search.Boosts;
import dev.katra.core.search.Likeness;
import dev.katra.core.search.TermVector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Orders those among the best candidates that say nearly the same about one thing, so that the newest stands first. */
final class NearlyEqual {

    /** The number of candidates that are compared with each other. */
    private static final int COMPARED = 6;

    /** The share of the question that a candidate may have less than an older one that it is put before. */
    private static final double LESS_COVERAGE = 0.05;

    /** The smallest score of a candidate that is put before an older one, as a share of that one's. */
    private static final double MIN_SHARE = 0.5;

    private final Function<List<Long>, List<TermVector>> vectors;

    /**
     * Creates an order.
     *
     * @param vectors reads the term vectors of the memories with these numbers
     */
    NearlyEqual(Function<List<Long>, List<TermVector>> vectors) {
        this.vectors = vectors;
    }

    /** Returns the candidates, best first, with the newest first among those that are nearly equal. */
    List<Candidate> newestFirst(List<Candidate> ranked) {
        List<Candidate> best = new ArrayList<>(ranked.subList(0, Math.min(COMPARED, ranked.size())));
        if (!newerBehindOlder(best)) {
            return ranked;
        }
        Map<Long, TermVector> terms = new HashMap<>();
        vectors.apply(best.stream().map(each -> each.row().id()).toList()).forEach(each -> terms.put(each.id(), each));
        boolean moved = false;
        for (int at = 1; at < best.size(); at++) {
            for (int before = 0; before < at; before++) {
                if (replaces(best.get(at), best.get(before), terms)) {
                    Candidate newer = best.remove(at);
                    newer.score(Math.max(newer.score(), best.get(before).score()));
                    best.add(before, newer);
                    moved = true;
                    break;
                }
            }
        }
        if (!moved) {
            return ranked;
        }
        best.addAll(ranked.subList(best.size(), ranked.size()));
        return best;
    }

    /** Returns whether there is anything to compare: most lists have none. */
    private static boolean newerBehindOlder(List<Candidate> best) {
        for (int at = 1; at < best.size(); at++) {
            for (int before = 0; before < at; before++) {
                if (mayReplace(best.get(at), best.get(before))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean replaces(Candidate newer, Candidate older, Map<Long, TermVector> terms) {
        @Nullable TermVector one = terms.get(newer.row().id());
        @Nullable TermVector other = terms.get(older.row().id());
        return one != null
                && other != null
                && mayReplace(newer, older)
                && Likeness.of(one, other) >= Likeness.NEARLY_EQUAL;
    }

    /** Returns whether one may be put before an older one: never before one that is alone of the time that was asked for. */
    private static boolean mayReplace(Candidate newer, Candidate older) {
        return newer.row().saidAt().isAfter(older.row().saidAt())
                && newer.row().supersededBy() == null
                && (newer.why().contains(Boosts.DATE) || !older.why().contains(Boosts.DATE))
                && newer.coverage() >= older.coverage() - LESS_COVERAGE
                && newer.score() >= older.score() * MIN_SHARE;
    }
}
