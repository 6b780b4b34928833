package dev.katra.core.memory;

import java.time.Instant;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.transaction.annotation.Transactional;

/** Reads and changes the stored memories. Its modifying queries must be called inside a write. */
@Transactional(readOnly = true)
public interface Memories extends ListCrudRepository<MemoryRow, Long> {

    /** Removes the content of memories, and keeps that they existed. */
    @Modifying
    @Query("""
            UPDATE memory SET content = '', tags = '', folder = NULL, content_hash = NULL, forgotten_at = :at
            WHERE id = :id AND forgotten_at IS NULL""")
    boolean markForgotten(long id, Instant at);

    /** Notes that its author has said it again. */
    @Modifying
    @Query("""
            UPDATE memory SET kind = :kind, importance = :importance, tags = :tags,
                confirmations = min(confirmations, 999999) + 1, confirmed_at = :at
            WHERE id = :id""")
    boolean markConfirmed(long id, MemoryKind kind, int importance, String tags, Instant at);

    /** Notes that the memory is superseded by the one with the number {@code successor}. */
    @Modifying
    @Query("UPDATE memory SET superseded_by = :successor, content_hash = NULL WHERE id = :id")
    boolean markSuperseded(long id, long successor);

    /** Makes the memory private: from here on only its author sees it. */
    @Modifying
    @Query("UPDATE memory SET scope = 'PRIVATE' WHERE id = :id")
    boolean makePrivate(long id);
}
