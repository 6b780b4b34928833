package dev.katra.core.memory;

import java.time.Instant;
import java.util.Optional;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.transaction.annotation.Transactional;

/** The stored memories. Modifying queries belong inside {@code Writes.run}. */
@Transactional(readOnly = true)
public interface Memories extends ListCrudRepository<Memory, Long> {

    /** The memory that this tool call has written already. */
    Optional<Memory> findBySessionIdAndCallId(long sessionId, String callId);

    /** Removes the content and keeps that there was one. */
    @Modifying
    @Query("UPDATE memory SET content = '', tags = '', forgotten_at = :at WHERE id = :id AND forgotten_at IS NULL")
    boolean forgotten(long id, Instant at);
}
