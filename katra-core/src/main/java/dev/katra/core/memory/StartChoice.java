package dev.katra.core.memory;

import dev.katra.core.persona.Actor;
import dev.katra.core.store.Reads;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Chooses what a session is told at its start. */
@Component
class StartChoice {

    private final JdbcClient jdbc;
    private final Reads reads;

    StartChoice(JdbcClient jdbc, Reads reads) {
        this.jdbc = jdbc;
        this.reads = reads;
    }

    List<KnownMemory> choose(Actor actor, @Nullable Path folder, int limit, Instant now) {
        return reads.run(() -> jdbc.sql(StoredMemories.KNOWN + """
                        WHERE m.forgotten_at IS NULL AND m.superseded_by IS NULL
                            AND (m.scope = 'TEAM' OR m.persona_id = :viewer)
                        ORDER BY m.importance DESC, m.id DESC LIMIT :limit""")
                .param("viewer", actor.personaId())
                .param("limit", limit)
                .query((row, n) -> StoredMemories.known(row))
                .list());
    }
}
