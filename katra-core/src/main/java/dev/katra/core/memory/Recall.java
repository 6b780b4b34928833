package dev.katra.core.memory;

import dev.katra.core.persona.Actor;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.search.TextIndex;
import dev.katra.core.store.Reads;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds memories. */
@Component
class Recall {

    private final JdbcClient jdbc;
    private final Reads reads;
    private final PersonaService personas;

    Recall(JdbcClient jdbc, Reads reads, PersonaService personas) {
        this.jdbc = jdbc;
        this.reads = reads;
        this.personas = personas;
    }

    Recalled find(Actor viewer, RecallQuery query, boolean complete) {
        Long author = author(query.filter());
        String match = TextIndex.anyOf(query.text());
        List<Recalled.Found> found = match.isEmpty()
                ? List.of()
                : reads.run(() -> jdbc.sql(StoredMemories.KNOWN + """
                        JOIN memory_index i ON i.rowid = m.id
                        WHERE memory_index MATCH :match AND (m.scope = 'TEAM' OR m.persona_id = :viewer)
                            AND (:author IS NULL OR m.persona_id = :author) AND (:kind IS NULL OR m.kind = :kind)
                        ORDER BY bm25(memory_index), m.id DESC""")
                        .param("match", match)
                        .param("viewer", viewer.personaId())
                        .param("author", author)
                        .param("kind", kind(query.filter()))
                        .query((row, n) -> new Recalled.Found(StoredMemories.known(row), 1, List.of()))
                        .list());
        return new Recalled(found.stream().limit(query.limit()).toList(), found.size(), false, complete);
    }

    Recent recent(Actor viewer, MemoryFilter filter, int limit) {
        Long author = author(filter);
        List<KnownMemory> newest = reads.run(() -> jdbc.sql(StoredMemories.KNOWN + """
                        WHERE m.forgotten_at IS NULL AND m.superseded_by IS NULL
                            AND (m.scope = 'TEAM' OR m.persona_id = :viewer)
                            AND (:author IS NULL OR m.persona_id = :author) AND (:kind IS NULL OR m.kind = :kind)
                        ORDER BY m.id DESC LIMIT :limit""")
                .param("viewer", viewer.personaId())
                .param("author", author)
                .param("kind", kind(filter))
                .param("limit", limit + 1)
                .query((row, n) -> StoredMemories.known(row))
                .list());
        return new Recent(newest.stream().limit(limit).toList(), newest.size() > limit);
    }

    void forgotten(Collection<Long> numbers) {}

    private static @Nullable String kind(MemoryFilter filter) {
        MemoryKind kind = filter.kind();
        return kind == null ? null : kind.name();
    }

    private @Nullable Long author(MemoryFilter filter) {
        String name = filter.author();
        return name == null ? null : personas.get(name).id();
    }
}
