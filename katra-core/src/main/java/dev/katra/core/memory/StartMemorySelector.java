package dev.katra.core.memory;

import dev.katra.core.persona.Actor;
import dev.katra.core.store.Reads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Selects the memories that a session is given at its start: the important ones, those written in its folder and its
 * repository, its persona's own, recent decisions, and those that were confirmed.
 */
@Component
class StartMemorySelector {

    private static final double HALF_LIFE_DAYS = 30;

    private final StartCandidates candidates;
    private final MemoryQueries stored;
    private final Reads reads;

    StartMemorySelector(StartCandidates candidates, MemoryQueries stored, Reads reads) {
        this.candidates = candidates;
        this.stored = stored;
        this.reads = reads;
    }

    List<MemoryDetails> choose(Actor actor, @Nullable Path folder, int limit, Instant now) {
        List<Path> folders = folder == null
                ? List.of()
                : upToRepository(folder.toAbsolutePath().normalize());
        Map<Long, MemoryDetails> known = reads.run(() -> stored.details(candidates.find(actor.personaId(), folders)));
        return known.values().stream()
                .sorted(Comparator.comparingDouble((MemoryDetails each) -> relevance(each, actor, folders, now))
                        .thenComparingLong(MemoryDetails::number)
                        .reversed())
                .limit(limit)
                .toList();
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
