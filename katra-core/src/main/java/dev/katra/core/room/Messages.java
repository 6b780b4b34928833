package dev.katra.core.room;

import java.util.Optional;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.transaction.annotation.Transactional;

/** The stored messages. */
@Transactional(readOnly = true)
public interface Messages extends ListCrudRepository<Message, Long> {

    /** The message that this tool call has said already. */
    Optional<Message> findBySessionIdAndCallId(long sessionId, String callId);
}
