package dev.katra.core.memory;

import dev.katra.core.persona.Actor;
import dev.katra.core.store.Reads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Selects the memories that a session is given at its start: first those of importance 5, then what is forbidden or frozen
 * now; then others that are important, those written in its folder and its repository, its persona's own, recent decisions,
 * and those that were confirmed. What is contradicted is left out.
 */
@Component
class StartMemorySelector {

    private static final double HALF_LIFE_DAYS = 30;

    /** The largest number of memories that are looked at for each set of terms, of facts and of decisions each. */
    private static final int MAX_PROHIBITIONS = 40;

    private final StartCandidates candidates;
    private final MemoryIndex index;
    private final CandidateRows rows;
    private final MemoryQueries stored;
    private final Reads reads;

    StartMemorySelector(
            StartCandidates candidates, MemoryIndex index, CandidateRows rows, MemoryQueries stored, Reads reads) {
        this.candidates = candidates;
        this.index = index;
        this.rows = rows;
        this.stored = stored;
        this.reads = reads;
    }

    List<MemoryDetails> choose(Actor actor, @Nullable Path folder, int limit, Instant now, ZoneId zone) {
        List<Path> folders = folder == null
                ? List.of()
                : upToRepository(folder.toAbsolutePath().normalize());
        Map<Long, MemoryDetails> known = reads.run(() -> {
            Set<Long> numbers = new LinkedHashSet<>(candidates.find(actor.personaId(), folders));
            numbers.addAll(prohibitions(actor, now));
            return stored.details(numbers);
        });
        return known.values().stream()
                .filter(each -> each.lineage().contradictedBy().isEmpty())
                .sorted(Comparator.comparingInt((MemoryDetails each) -> precedence(each, now, zone))
                        .thenComparingDouble(each -> relevance(each, actor, folders, now))
                        .thenComparingLong(MemoryDetails::number)
                        .reversed())
                .limit(limit)
                .toList();
    }

    /** Returns the numbers of the newest facts and decisions that may forbid something. */
    private Set<Long> prohibitions(Actor actor, Instant now) {
        Set<Long> numbers = new LinkedHashSet<>();
        for (MemoryKind kind : List.of(MemoryKind.DECISION, MemoryKind.FACT)) {
            MemoryFilter ofKind = new MemoryFilter(null, kind, List.of(), null, null);
            MemoryRowFilter filter = new MemoryRowFilter(actor.personaId(), null, ofKind, now);
            for (Set<String> terms : ProhibitionWords.terms()) {
                List<Long> found = index.terms().newest(terms, filter.indexFilter(), Long.MAX_VALUE, MAX_PROHIBITIONS);
                rows.find(found, filter).stream()
                        .filter(row -> row.supersededBy() == null)
                        .forEach(row -> numbers.add(row.id()));
            }
        }
        return numbers;
    }

    /** Returns 2 for the most important, 1 for what is in force now, and 0 for the rest. A prohibition that is over is of these. */
    static int precedence(MemoryDetails memory, Instant now, ZoneId zone) {
        if (Prohibition.isExpired(memory, now, zone)) {
            return 0;
        }
        return memory.body().importance() == NewMemory.MAX_IMPORTANCE
                ? 2
                : Prohibition.isInForce(memory, now, zone) ? 1 : 0;
    }

    /** Returns how relevant a memory is at the start of a session of this persona in the first of these folders. */
    static double relevance(MemoryDetails memory, Actor actor, List<Path> folders, Instant now) {
        double worth = (memory.body().importance() - 1) / 4.0;
        worth += folderRelevance(memory.origin().folder(), folders);
        worth += memory.author().name().equals(actor.persona()) ? 0.3 : 0;
        worth += memory.body().kind() == MemoryKind.DECISION
                ? 0.3
                : memory.body().kind() == MemoryKind.FACT ? 0.1 : 0;
        worth +=
                0.15 * Math.min(3, Math.log1p(Math.max(0, memory.confirmations().count())));
        double days = Math.max(0, Duration.between(memory.saidAt(), now).toHours() / 24.0);
        return worth + 0.6 * Math.pow(0.5, days / HALF_LIFE_DAYS);
    }

    private static double folderRelevance(@Nullable String folder, List<Path> folders) {
        if (folder == null) {
            return 0.3; // a person's: for everyone
        }
        if (folders.isEmpty()) {
            return 0;
        }
        Path where = Path.of(folder);
        if (where.equals(folders.get(0))) {
            return 1;
        }
        return where.startsWith(folders.get(0)) || folders.contains(where)
                ? 0.8
                : where.startsWith(folders.get(folders.size() - 1)) ? 0.6 : 0;
    }

    /** Returns the folder and those above it, up to that of its repository; the folder alone if it is in none. */
    private static List<Path> upToRepository(Path folder) {
        List<Path> folders = new ArrayList<>();
        for (Path each = folder; each != null; each = each.getParent()) {
            folders.add(each);
            if (Files.exists(each.resolve(".git"))) {
                return folders;
            }
        }
        return List.of(folder);
    }
}
