package dev.katra.core.memory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * Stores a durable note. Its id is the short number that people and models see.
 *
 * @param id 0 until stored
 * @param personaId its author
 * @param sessionId the session in which a model wrote it; null for a person
 * @param callId the tool call that wrote it, so that a resent call writes it once
 * @param importance 1 (minor) to 5 (vital)
 * @param tags separated by blanks
 * @param content empty once it is forgotten
 * @param provider that of its session, as are model and folder
 * @param previousId the memory that the same session wrote before it
 * @param supersedes the revision before it
 * @param supersededBy the revision after it
 * @param confirmations how often its author has said the same again
 * @param contentHash the hash of author, scope and content, as long as the memory is neither superseded nor forgotten
 */
@Table("memory")
public record MemoryRow(
        @Id long id,
        String uid,
        long personaId,
        @Nullable Long sessionId,
        @Nullable String callId,
        MemoryKind kind,
        MemoryScope scope,
        int importance,
        String tags,
        String content,
        Instant createdAt,
        @Nullable Instant forgottenAt,
        @Nullable String provider,
        @Nullable String model,
        @Nullable String folder,
        @Nullable Long previousId,
        @Nullable Long supersedes,
        @Nullable Long supersededBy,
        int confirmations,
        @Nullable Instant confirmedAt,
        @Nullable String contentHash) {}
