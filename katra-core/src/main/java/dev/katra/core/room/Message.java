package dev.katra.core.room;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * Stores a message. Its id is the short number that people and models see.
 *
 * @param id 0 until stored
 * @param sessionId the session through which a model said it; null for a person
 * @param callId the tool call that said it, so that a resent call says it once
 * @param replyTo the number of the message that it answers
 * @param toRoom false if it went to named personas only
 */
@Table("message")
public record Message(
        @Id long id,
        String uid,
        long personaId,
        @Nullable Long sessionId,
        @Nullable String callId,
        boolean toRoom,
        @Nullable Long replyTo,
        String text,
        Instant createdAt) {

    Message numbered(long number) {
        return new Message(number, uid, personaId, sessionId, callId, toRoom, replyTo, text, createdAt);
    }
}
