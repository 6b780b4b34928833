package dev.katra.shell.memory;

import dev.katra.core.memory.ReviewReason;
import dev.katra.shell.console.ResultLimit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.shell.core.command.annotation.Option;

/**
 * The options that say which memories a person looks through; none for all.
 *
 * @param stale those that nobody has said, found or kept for 90 days
 * @param contradicted those that another one contradicts
 * @param duplicates those of which a newer one says nearly the same
 * @param neverFound those that no session has found within 30 days
 */
record ReviewOptions(
        ResultLimit limit,

        @Option(longName = "stale", description = "only what nobody has said, found or kept for 90 days")
        boolean stale,

        @Option(longName = "contradicted", description = "only what another memory contradicts")
        boolean contradicted,

        @Option(longName = "duplicates", description = "only what a newer memory says nearly the same")
        boolean duplicates,

        @Option(longName = "never-found", description = "only what no session has found within 30 days")
        boolean neverFound) {

    Set<ReviewReason> reasons() {
        Set<ReviewReason> reasons = EnumSet.noneOf(ReviewReason.class);
        add(reasons, stale, ReviewReason.STALE);
        add(reasons, contradicted, ReviewReason.CONTRADICTED);
        add(reasons, duplicates, ReviewReason.DUPLICATE);
        add(reasons, neverFound, ReviewReason.NEVER_FOUND);
        return reasons.isEmpty() ? EnumSet.allOf(ReviewReason.class) : reasons;
    }

    private static void add(Set<ReviewReason> reasons, boolean wanted, ReviewReason reason) {
        if (wanted) {
            reasons.add(reason);
        }
    }

    /** Returns the options as words of a command line. */
    List<String> words() {
        List<String> words = new ArrayList<>(List.of("--limit", Integer.toString(limit.value())));
        add(words, stale, "--stale");
        add(words, contradicted, "--contradicted");
        add(words, duplicates, "--duplicates");
        add(words, neverFound, "--never-found");
        return words;
    }

    private static void add(List<String> words, boolean wanted, String word) {
        if (wanted) {
            words.add(word);
        }
    }
}
