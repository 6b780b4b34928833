package dev.katra.core.memory;

import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.transaction.annotation.Transactional;

/** The stored memories. Modifying queries belong inside {@code Writes.run}. */
@Transactional(readOnly = true)
public interface Memories extends ListCrudRepository<Memory, Long> {

    /** Removes the content and keeps that there was one. */
    @Modifying
    @Query("""
            UPDATE memory SET content = '', tags = '', folder = NULL, content_hash = NULL, forgotten_at = :at
            WHERE id IN (:ids) AND forgotten_at IS NULL""")
    int forgotten(Collection<Long> ids, Instant at);

    /** Its author has said it again. */
    @Modifying
    @Query("""
            UPDATE memory SET kind = :kind, importance = :importance, tags = :tags,
                confirmations = confirmations + 1, confirmed_at = :at, confirmed_call = :call
            WHERE id = :id""")
    boolean confirmed(long id, MemoryKind kind, int importance, String tags, Instant at, @Nullable String call);

    /** It holds no longer. */
    @Modifying
    @Query("UPDATE memory SET superseded_by = :successor, content_hash = NULL WHERE id = :id")
    boolean superseded(long id, long successor);

    /** Its author alone sees it from here on. */
    @Modifying
    @Query("UPDATE memory SET scope = 'PRIVATE' WHERE id = :id")
    boolean hidden(long id);
}
