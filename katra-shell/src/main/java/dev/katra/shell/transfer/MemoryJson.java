package dev.katra.shell.transfer;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.katra.core.failure.Failure;
import dev.katra.core.memory.ExportedMemory;
import dev.katra.core.memory.MemoryKind;
import dev.katra.core.memory.MemoryScope;
import dev.katra.core.memory.NewMemory;
import dev.katra.core.persona.PersonaName;
import dev.katra.core.text.StoredText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Holds one line of an export. All but the content may be missing in what somebody else has written. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record MemoryJson(
        @Nullable String uid,
        @Nullable String author,
        @Nullable Boolean human,
        @Nullable MemoryKind kind,
        @Nullable MemoryScope scope,
        @Nullable Integer importance,
        @Nullable List<String> tags,
        @Nullable String content,
        @Nullable Instant at,
        @Nullable String provider,
        @Nullable String model,
        @Nullable String folder,
        @Nullable String session,
        @Nullable String previous,
        @Nullable String supersedes,
        @Nullable Integer confirmations,
        @Nullable Instant confirmedAt) {

    private static final Instant LATEST_TIME = Instant.parse("9999-12-31T23:59:59.999Z");
    /**
     * The maximum size in bytes of a value that is not a text of its own: a uid, the name of a model, the path of a
     * folder.
     */
    private static final int MAX_VALUE_BYTES = 4096;

    static MemoryJson of(ExportedMemory memory) {
        NewMemory what = memory.memory();
        return new MemoryJson(
                memory.uid(),
                memory.author(),
                memory.human(),
                what.kind(),
                what.scope(),
                what.importance(),
                what.tags(),
                what.content(),
                memory.at(),
                memory.provider(),
                memory.model(),
                memory.folder(),
                memory.session(),
                memory.previous(),
                memory.supersedes(),
                memory.confirmations() == 0 ? null : memory.confirmations(),
                memory.confirmedAt());
    }

    /** Returns the memory that the line means. A missing author is the given one, and a missing time is now. */
    ExportedMemory memory(DefaultAuthor usual, Instant now) {
        requireTime("at", at);
        requireTime("confirmedAt", confirmedAt);
        if (confirmations != null && (confirmations < 0 || confirmations > ExportedMemory.MAX_CONFIRMATIONS)) {
            throw Failure.invalid("confirmations is " + confirmations + ", and must be 0 to "
                            + ExportedMemory.MAX_CONFIRMATIONS)
                    .hint("mend the line, or leave confirmations out");
        }
        if (tags != null && tags.contains(null)) {
            throw Failure.invalid("one of its tags is null").hint("mend the line, or leave tags out");
        }
        require("uid", uid);
        require("provider", provider);
        require("model", model);
        require("folder", folder);
        require("session", session);
        require("previous", previous);
        require("supersedes", supersedes);
        NewMemory memory = new NewMemory(
                Objects.requireNonNullElse(content, ""),
                Objects.requireNonNullElse(kind, MemoryKind.NOTE),
                Objects.requireNonNullElse(scope, MemoryScope.TEAM),
                Objects.requireNonNullElse(importance, NewMemory.DEFAULT_IMPORTANCE),
                Objects.requireNonNullElse(tags, List.of()));
        String by = author == null ? usual.name() : PersonaName.require(author);
        return new ExportedMemory(
                uid == null ? uid(by, memory.content()) : uid,
                by,
                author == null ? usual.human() : Boolean.TRUE.equals(human),
                memory,
                at == null ? now : at,
                provider,
                model,
                folder,
                session,
                previous,
                supersedes,
                Objects.requireNonNullElse(confirmations, 0),
                confirmedAt);
    }

    private static void requireTime(String field, @Nullable Instant time) {
        if (time != null && (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST_TIME))) {
            throw Failure.invalid(field + " is " + time + ", and must be from 1970 to 9999")
                    .hint("mend the line, or leave " + field + " out");
        }
    }

    private static void require(String field, @Nullable String value) {
        if (value != null) {
            StoredText.require(field, value, MAX_VALUE_BYTES, "export it again");
        }
    }

    /**
     * Returns the uid of a content. It is the same for the same content of the same author, so that it is imported
     * once.
     */
    static String uid(String author, String content) {
        return UUID.nameUUIDFromBytes((author + "\n" + content).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
