package dev.katra.core.memory;

import dev.katra.core.persona.Persona;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.search.Terms;
import dev.katra.core.secret.SecretGuard;
import dev.katra.core.store.Reads;
import dev.katra.core.store.Writes;
import dev.katra.core.store.Writes.Step;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Exports memories from a store and imports them into another one. */
@Service
public class MemoryTransfer {

    /** The number of memories that are prepared for writing at once. */
    private static final int BATCH_SIZE = 200;

    private static final String EXPORTED = """
            SELECT m.id, m.uid, p.name, p.human, m.content, m.kind, m.scope, m.importance, m.tags, m.created_at, m.provider,
                m.model, m.folder, s.uid, previous.uid, old.uid, m.confirmations, m.confirmed_at
            FROM memory m JOIN persona p ON p.id = m.persona_id
                LEFT JOIN session s ON s.id = m.session_id
                LEFT JOIN memory previous ON previous.id = m.previous_id AND previous.forgotten_at IS NULL
                LEFT JOIN memory old ON old.id = m.supersedes AND old.forgotten_at IS NULL
            WHERE m.id > ? AND m.forgotten_at IS NULL ORDER BY m.id LIMIT ?""";

    private final Memories memories;
    private final MemoryQueries stored;
    private final PersonaService personas;
    private final @Nullable SemanticIndex semantic;
    private final JdbcClient jdbc;
    private final Reads reads;
    private final SecretGuard secrets;
    private final Writes writes;

    MemoryTransfer(
            Memories memories,
            MemoryQueries stored,
            PersonaService personas,
            ObjectProvider<SemanticIndex> semantic,
            JdbcClient jdbc,
            Reads reads,
            SecretGuard secrets,
            Writes writes) {
        this.memories = memories;
        this.stored = stored;
        this.personas = personas;
        this.semantic = semantic.getIfAvailable();
        this.jdbc = jdbc;
        this.reads = reads;
        this.secrets = secrets;
        this.writes = writes;
    }

    private record NumberedMemory(long number, ExportedMemory memory) {}

    private record PreparedMemory(ExportedMemory record, NewMemory memory, Persona author, Terms terms, String hash) {}

    /**
     * Returns the next memories after this point, 0 being the beginning, in the order of their numbers: everyone's,
     * private ones and older revisions too, but no forgotten ones.
     */
    public ExportedMemory.Page export(long after, int most) {
        List<NumberedMemory> page = reads.run(() -> jdbc.sql(EXPORTED)
                .params(List.of(after, most))
                .query((row, n) -> numbered(row))
                .list());
        return new ExportedMemory.Page(
                page.stream().map(NumberedMemory::memory).toList(),
                page.isEmpty() ? after : page.get(page.size() - 1).number());
    }

    /**
     * Adds the memories that are not here, with their times, and the personas that they need. What is here stays as it
     * is, what was forgotten here stays forgotten, and an author who says the same here already is not made to say it
     * twice.
     */
    public ImportCounts importAll(List<ExportedMemory> records) {
        Map<String, Persona> authors = new HashMap<>();
        records.forEach(each -> authors.computeIfAbsent(each.author(), name -> personas.ensure(name, each.human())));
        ImportCounts imported = new ImportCounts(0, 0);
        for (int from = 0; from < records.size(); from += BATCH_SIZE) {
            List<PreparedMemory> prepared = records.subList(from, Math.min(records.size(), from + BATCH_SIZE)).stream()
                    .map(each -> prepare(each, Objects.requireNonNull(authors.get(each.author()))))
                    .toList();
            int added = writes.runEach(prepared, this::add);
            imported = imported.plus(new ImportCounts(added, prepared.size() - added));
        }
        return imported;
    }

    private PreparedMemory prepare(ExportedMemory record, Persona author) {
        NewMemory memory = record.memory().withoutSecrets(secrets);
        return new PreparedMemory(
                record,
                memory,
                author,
                MemoryQueries.text(
                                memory.content(),
                                author.name(),
                                author.id(),
                                memory.kind(),
                                memory.scope(),
                                memory.tags(),
                                record.at())
                        .terms(),
                MemoryWriter.contentHash(author.id(), memory.scope(), memory.content()));
    }

    /** Adds a memory unless it is here. */
    private Step add(PreparedMemory record) {
        if (number(record.record().uid()) != null) {
            return Step.NOTHING;
        }
        Long old = superseded(record.record());
        Long same = stored.findByHash(record.hash()).orElse(null);
        if (same != null && !same.equals(old)) { // a revision may differ in its tags alone
            return Step.NOTHING;
        }
        add(record, old);
        SemanticIndex index = semantic;
        if (index != null) {
            writes.afterCommit(index::onWritten);
        }
        return Step.DONE;
    }

    /**
     * Returns the number of the memory here that this one supersedes; null if that is not here, is forgotten, or is
     * superseded by another.
     */
    private @Nullable Long superseded(ExportedMemory record) {
        Long old = number(record.supersedes());
        if (old == null) {
            return null;
        }
        MemoryRow memory = memories.findById(old).orElseThrow();
        return memory.supersededBy() == null && memory.forgottenAt() == null ? old : null;
    }

    private void add(PreparedMemory prepared, @Nullable Long old) {
        ExportedMemory record = prepared.record();
        NewMemory memory = prepared.memory();
        if (old != null) {
            memories.markSuperseded(old, old); // makes room for its content, until the new number is known
        }
        long number = memories.save(new MemoryRow(
                        0,
                        record.uid(),
                        prepared.author().id(),
                        session(record.session()),
                        null,
                        memory.kind(),
                        memory.scope(),
                        memory.importance(),
                        Tags.stored(memory.tags()),
                        memory.content(),
                        record.at(),
                        null,
                        record.provider(),
                        record.model(),
                        record.folder(),
                        number(record.previous()),
                        old,
                        null,
                        record.confirmations(),
                        record.confirmedAt(),
                        prepared.hash()))
                .id();
        if (old != null) {
            memories.markSuperseded(old, number);
        }
        stored.put(number, prepared.terms());
    }

    private @Nullable Long number(@Nullable String uid) {
        return uid == null
                ? null
                : jdbc.sql("SELECT id FROM memory WHERE uid = ?")
                        .param(uid)
                        .query(Long.class)
                        .optional()
                        .orElse(null);
    }

    private @Nullable Long session(@Nullable String uid) {
        return uid == null
                ? null
                : jdbc.sql("SELECT id FROM session WHERE uid = ?")
                        .param(uid)
                        .query(Long.class)
                        .optional()
                        .orElse(null);
    }

    private static NumberedMemory numbered(ResultSet row) throws SQLException {
        List<String> tags = new ArrayList<>(Tags.of(row.getString(9)));
        return new NumberedMemory(
                row.getLong(1),
                new ExportedMemory(
                        row.getString(2),
                        row.getString(3),
                        row.getBoolean(4),
                        new NewMemory(
                                row.getString(5),
                                MemoryKind.valueOf(row.getString(6)),
                                MemoryScope.valueOf(row.getString(7)),
                                row.getInt(8),
                                tags),
                        Instant.ofEpochMilli(row.getLong(10)),
                        row.getString(11),
                        row.getString(12),
                        row.getString(13),
                        row.getString(14),
                        row.getString(15),
                        row.getString(16),
                        row.getInt(17),
                        MemoryQueries.nullableInstant(row, 18)));
    }
}
