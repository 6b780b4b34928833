package dev.katra.core.memory;

import dev.katra.core.persona.Persona;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.search.Terms;
import dev.katra.core.store.Reads;
import dev.katra.core.store.Writes;
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

/** Takes memories out of a store and into another one. */
@Service
public class Transfer {

    /** So many are written at once; others write between. */
    private static final int AT_ONCE = 200;

    private static final String EXPORTED = """
            SELECT m.id, m.uid, p.name, p.human, m.content, m.kind, m.scope, m.importance, m.tags, m.created_at, m.provider,
                m.model, m.folder, s.uid, previous.uid, old.uid, m.confirmations, m.confirmed_at
            FROM memory m JOIN persona p ON p.id = m.persona_id
                LEFT JOIN session s ON s.id = m.session_id
                LEFT JOIN memory previous ON previous.id = m.previous_id AND previous.forgotten_at IS NULL
                LEFT JOIN memory old ON old.id = m.supersedes AND old.forgotten_at IS NULL
            WHERE m.id > ? AND m.forgotten_at IS NULL ORDER BY m.id LIMIT ?""";

    private final Memories memories;
    private final StoredMemories stored;
    private final PersonaService personas;
    private final @Nullable SemanticIndex semantic;
    private final JdbcClient jdbc;
    private final Reads reads;
    private final Writes writes;

    Transfer(
            Memories memories,
            StoredMemories stored,
            PersonaService personas,
            ObjectProvider<SemanticIndex> semantic,
            JdbcClient jdbc,
            Reads reads,
            Writes writes) {
        this.memories = memories;
        this.stored = stored;
        this.personas = personas;
        this.semantic = semantic.getIfAvailable();
        this.jdbc = jdbc;
        this.reads = reads;
        this.writes = writes;
    }

    private record Numbered(long number, MemoryRecord memory) {}

    private record Prepared(MemoryRecord memory, Persona author, Terms terms, String hash) {}

    /**
     * The next memories after this point, 0 being the beginning, in the order of their numbers: all of everyone, private
     * ones and older revisions too, but no forgotten ones.
     */
    public MemoryRecord.Page export(long after, int most) {
        List<Numbered> page = reads.run(() -> jdbc.sql(EXPORTED)
                .params(List.of(after, most))
                .query((row, n) -> numbered(row))
                .list());
        return new MemoryRecord.Page(
                page.stream().map(Numbered::memory).toList(),
                page.isEmpty() ? after : page.get(page.size() - 1).number());
    }

    /**
     * Adds those that are not here, with their times, and the personas that they need. What is here stays as it is, what
     * was forgotten here stays forgotten, and an author who says the same here already is not made to say it twice.
     */
    public Imported importAll(List<MemoryRecord> records) {
        Map<String, Persona> authors = new HashMap<>();
        records.forEach(each -> authors.computeIfAbsent(each.author(), name -> personas.ensure(name, each.human())));
        Imported imported = new Imported(0, 0);
        for (int from = 0; from < records.size(); from += AT_ONCE) {
            List<Prepared> prepared = records.subList(from, Math.min(records.size(), from + AT_ONCE)).stream()
                    .map(each -> prepared(each, Objects.requireNonNull(authors.get(each.author()))))
                    .toList();
            imported = imported.plus(writes.run(() -> add(prepared)));
        }
        return imported;
    }

    private static Prepared prepared(MemoryRecord record, Persona author) {
        NewMemory memory = record.memory();
        return new Prepared(
                record,
                author,
                StoredMemories.terms(
                        memory.content(),
                        author.name(),
                        author.id(),
                        memory.kind(),
                        memory.scope(),
                        memory.tags(),
                        record.at()),
                NewMemories.hash(author.id(), memory.scope(), memory.content()));
    }

    private Imported add(List<Prepared> records) {
        int added = 0;
        for (Prepared each : records) {
            if (number(each.memory().uid()) == null) {
                Long old = superseded(each.memory());
                Long same = stored.holding(each.hash()).orElse(null);
                if (same == null || same.equals(old)) { // a revision may differ in its tags alone
                    add(each, old);
                    added++;
                }
            }
        }
        SemanticIndex index = semantic;
        if (index != null) {
            writes.afterCommit(index::written);
        }
        return new Imported(added, records.size() - added);
    }

    /** The number of what it supersedes here; null if that is not here, is forgotten, or has become something else. */
    private @Nullable Long superseded(MemoryRecord record) {
        Long old = number(record.supersedes());
        if (old == null) {
            return null;
        }
        Memory memory = memories.findById(old).orElseThrow();
        return memory.supersededBy() == null && memory.forgottenAt() == null ? old : null;
    }

    private void add(Prepared prepared, @Nullable Long old) {
        MemoryRecord record = prepared.memory();
        NewMemory memory = record.memory();
        if (old != null) {
            memories.superseded(old, old); // makes room for its content, until the new number is known
        }
        long number = memories.save(new Memory(
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
                        null,
                        prepared.hash()))
                .id();
        if (old != null) {
            memories.superseded(old, number);
        }
        stored.index(number, prepared.terms());
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

    private static Numbered numbered(ResultSet row) throws SQLException {
        List<String> tags = new ArrayList<>(Tags.of(row.getString(9)));
        return new Numbered(
                row.getLong(1),
                new MemoryRecord(
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
                        StoredMemories.time(row, 18)));
    }
}
