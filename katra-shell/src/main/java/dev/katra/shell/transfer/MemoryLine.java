package dev.katra.shell.transfer;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.katra.core.failure.Failure;
import dev.katra.core.memory.MemoryKind;
import dev.katra.core.memory.MemoryRecord;
import dev.katra.core.memory.MemoryScope;
import dev.katra.core.memory.NewMemory;
import dev.katra.core.persona.PersonaName;
import dev.katra.core.text.StoredText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One line of an export. All but the content may be missing in what somebody else has written. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record MemoryLine(
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

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");
    /** Of what is no text of its own: a uid, the name of a model, the path of a folder. */
    private static final int MOST_BYTES = 4096;

    static MemoryLine of(MemoryRecord memory) {
        NewMemory what = memory.memory();
        return new MemoryLine(
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

    /** The memory that it means; what is missing is the author's, and now. */
    MemoryRecord memory(Author usual, Instant now) {
        if (at != null && (at.isBefore(Instant.EPOCH) || at.isAfter(LAST))) {
            throw Failure.invalid("its time is " + at + ", and must be from 1970 to 9999");
        }
        if (confirmations != null && confirmations < 0) {
            throw Failure.invalid("it has " + confirmations + " confirmations");
        }
        if (tags != null && tags.contains(null)) {
            throw Failure.invalid("one of its tags is null");
        }
        Stream.of(uid, provider, model, folder, session, previous, supersedes)
                .filter(Objects::nonNull)
                .forEach(each -> StoredText.require("reference", each, MOST_BYTES, "export it again"));
        NewMemory memory = new NewMemory(
                Objects.requireNonNullElse(content, ""),
                Objects.requireNonNullElse(kind, MemoryKind.NOTE),
                Objects.requireNonNullElse(scope, MemoryScope.TEAM),
                Objects.requireNonNullElse(importance, NewMemory.USUAL_IMPORTANCE),
                Objects.requireNonNullElse(tags, List.of()));
        String by = author == null ? usual.name() : PersonaName.require(author);
        return new MemoryRecord(
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

    /** The same for the same content of the same author, so that it is imported once. */
    static String uid(String author, String content) {
        return UUID.nameUUIDFromBytes((author + "\n" + content).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
