package dev.katra.core.memory;

import dev.katra.core.persona.Persona;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.search.Terms;
import dev.katra.core.secret.SecretGuard;
import dev.katra.core.store.Reads;
import dev.katra.core.store.Writes;
import dev.katra.core.store.Writes.Step;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;

/** Exports memories from a store and imports them into another one. */
@Service
public class MemoryTransfer {

    /** The number of memories that are prepared for writing at once. */
    private static final int BATCH_SIZE = 200;

    /** Stands for the number of a successor that comes later; or never, if it is forgotten where the memory comes from. */
    private static final long NOT_HERE = 0;

    private final MemoryRows rows;
    private final MemoryQueries stored;
    private final MemoryIndex index;
    private final PersonaService personas;
    private final @Nullable SemanticIndex semantic;
    private final Reads reads;
    private final SecretGuard secrets;
    private final Writes writes;

    MemoryTransfer(
            MemoryRows rows,
            MemoryQueries stored,
            MemoryIndex index,
            PersonaService personas,
            ObjectProvider<SemanticIndex> semantic,
            Reads reads,
            SecretGuard secrets,
            Writes writes) {
        this.rows = rows;
        this.stored = stored;
        this.index = index;
        this.personas = personas;
        this.semantic = semantic.getIfAvailable();
        this.reads = reads;
        this.secrets = secrets;
        this.writes = writes;
    }

    private record PreparedMemory(ExportedMemory record, MemoryBody body, Persona author, Terms terms, String hash) {

        /** Returns whether it is stored in other words than it came in, which it is for its secrets alone. */
        private boolean isMasked() {
            return !body.equals(record.memory().body());
        }
    }

    /**
     * Returns the next memories after this point, 0 being the beginning, in the order of their numbers: everyone's,
     * private ones and older revisions too, but no forgotten ones.
     */
    public ExportedMemory.Page export(long after, int most) {
        return reads.run(() -> stored.export(after, most));
    }

    /**
     * Adds the memories that are not here, with their times, and the personas that they need. What is here stays as it
     * is, what was forgotten here stays forgotten, and an author who says the same here already is not made to say it
     * twice.
     */
    public ImportCounts importAll(List<ExportedMemory> records) {
        Map<String, Persona> authors = new HashMap<>();
        records.forEach(each -> authors.computeIfAbsent(
                each.author().name(),
                name -> personas.ensure(name, each.author().human())));
        ImportCounts imported = ImportCounts.NONE;
        for (int from = 0; from < records.size(); from += BATCH_SIZE) {
            List<PreparedMemory> prepared = records.subList(from, Math.min(records.size(), from + BATCH_SIZE)).stream()
                    .map(each -> prepare(
                            each,
                            Objects.requireNonNull(authors.get(each.author().name()))))
                    .toList();
            int added = writes.runEach(prepared, this::add);
            int masked =
                    (int) prepared.stream().filter(PreparedMemory::isMasked).count();
            imported = imported.plus(new ImportCounts(added, prepared.size() - added, masked));
        }
        return imported;
    }

    private PreparedMemory prepare(ExportedMemory record, Persona author) {
        MemoryBody body = record.memory().withoutSecrets(secrets).body();
        return new PreparedMemory(
                record,
                body,
                author,
                MemoryTexts.text(
                                body,
                                author.name(),
                                author.id(),
                                record.origin().at())
                        .terms(),
                body.contentHash(author.id()));
    }

    /** Adds a memory unless it is here. */
    private Step add(PreparedMemory record) {
        if (rows.number(record.record().uid()) != null) {
            return Step.NOTHING;
        }
        Long old = superseded(record.record());
        Long successor = successor(record.record().standing(), old);
        if (successor == null) {
            Long same = stored.findByHash(record.hash()).orElse(null);
            if (same != null && !same.equals(old)) { // a revision may differ in its tags alone
                if (old != null && waits(old)) {
                    rows.markSuperseded(old, same);
                }
                return Step.NOTHING;
            }
        }
        add(record, old, successor);
        SemanticIndex meanings = semantic;
        if (meanings != null) {
            writes.afterCommit(meanings::onWritten);
        }
        return Step.DONE;
    }

    /**
     * Marks what the memory contradicts, and what contradicts it, of those that are here; the others do it when they come.
     */
    private void contradict(long number, ExportedMemory record) {
        Instant at = record.origin().at();
        record.predecessors().contradicts().forEach(uid -> {
            Long wrong = rows.number(uid);
            if (wrong != null && wrong != number) {
                rows.markContradicted(wrong, number, at);
            }
        });
        record.standing().contradictedBy().forEach(uid -> {
            Long by = rows.number(uid);
            if (by != null && by != number) {
                rows.markContradicted(number, by, at);
            }
        });
    }

    /**
     * Returns the number of the memory here that supersedes this one, 0 if it is not here; null if this one holds. What leads
     * to the memory that this one supersedes does not supersede it.
     */
    private @Nullable Long successor(ExportedMemory.Standing standing, @Nullable Long old) {
        if (!standing.superseded()) {
            return null;
        }
        Long successor = rows.number(standing.supersededBy());
        if (successor == null) {
            return NOT_HERE;
        }
        return old != null && leadsTo(successor, old) ? null : successor;
    }

    /** Returns whether a memory is the other one, or superseded by it, be it over others. */
    private boolean leadsTo(long number, long other) {
        Set<Long> seen = new HashSet<>();
        for (Long each = number; each != null && seen.add(each); ) {
            each = rows.find(each).map(MemoryRow::supersededBy).orElse(null);
        }
        return seen.contains(other);
    }

    /**
     * Returns the number of the memory here that this one supersedes; null if that is not here, is forgotten, or is
     * superseded by another that is here.
     */
    private @Nullable Long superseded(ExportedMemory record) {
        Long old = rows.number(record.predecessors().supersedes());
        if (old == null) {
            return null;
        }
        MemoryRow memory = rows.find(old).orElseThrow();
        return memory.forgottenAt() == null && (memory.supersededBy() == null || waits(old)) ? old : null;
    }

    /** Returns whether a memory is superseded by one that has not come yet. */
    private boolean waits(long number) {
        return rows.find(number)
                .map(MemoryRow::supersededBy)
                .filter(successor -> successor == number)
                .isPresent();
    }

    private void add(PreparedMemory prepared, @Nullable Long old, @Nullable Long successor) {
        if (old != null) {
            rows.markSuperseded(old, old); // makes room for its content, until the new number is known
        }
        String hash = successor == null ? prepared.hash() : null;
        long number =
                rows.add(prepared.record(), prepared.body(), prepared.author().id(), hash, old);
        if (old != null) {
            rows.markSuperseded(old, number);
        }
        if (successor != null) {
            supersede(number, successor);
        }
        contradict(number, prepared.record());
        index.put(number, prepared.terms());
    }

    private void supersede(long number, long successor) {
        if (successor == NOT_HERE) {
            rows.markSuperseded(number, number);
        } else {
            rows.markSuperseded(number, successor);
            if (stored.firstRevision(successor) == successor) {
                rows.setPredecessor(successor, number);
            }
        }
    }
}
