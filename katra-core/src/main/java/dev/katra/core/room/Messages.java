package dev.katra.core.room;

import java.util.Optional;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.transaction.annotation.Transactional;

/** The stored messages. Queries are written out: one derived from its name is built anew for each call. */
@Transactional(readOnly = true)
public interface Messages extends ListCrudRepository<Message, Long> {

    /** The message that this tool call has said already. */
    @Query("SELECT * FROM message WHERE session_id = :sessionId AND call_id = :callId")
    Optional<Message> findBySessionIdAndCallId(long sessionId, String callId);
}
