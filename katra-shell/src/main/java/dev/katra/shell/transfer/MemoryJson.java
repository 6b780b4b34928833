package dev.katra.shell.transfer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.katra.core.failure.Failure;
import dev.katra.core.memory.ExportedMemory;
import dev.katra.core.memory.MemoryAuthor;
import dev.katra.core.memory.MemoryBody;
import dev.katra.core.memory.MemoryChange;
import dev.katra.core.memory.MemoryConfirmations;
import dev.katra.core.memory.MemoryKind;
import dev.katra.core.memory.MemoryOrigin;
import dev.katra.core.memory.MemoryScope;
import dev.katra.core.memory.NewMemory;
import dev.katra.core.persona.PersonaName;
import dev.katra.core.text.StoredText;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Holds one line of an export, in which its parts stand as if they were its own fields. All but the content may be
 * missing in what somebody else has written.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record MemoryJson(
        @Nullable String uid,
        @JsonUnwrapped Author author,
        @JsonUnwrapped Body body,
        @JsonUnwrapped Origin origin,
        @JsonUnwrapped Predecessors predecessors,
        @JsonUnwrapped Standing standing,
        @JsonUnwrapped Confirmed confirmed) {

    private static final Instant LATEST_TIME = Instant.parse("9999-12-31T23:59:59.999Z");
    /**
     * The maximum size in bytes of a value that is not a text of its own: a uid, the name of a model, the path of a
     * folder.
     */
    private static final int MAX_VALUE_BYTES = 4096;

    /** Holds who has written it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Author(@Nullable String author, @Nullable Boolean human) {

        MemoryAuthor orElse(MemoryAuthor usual) {
            return author == null ? usual : new MemoryAuthor(PersonaName.require(author), Boolean.TRUE.equals(human));
        }
    }

    /** Holds what it says and how it is filed. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Body(
            @Nullable MemoryKind kind,
            @Nullable MemoryScope scope,
            @Nullable Integer importance,
            @Nullable List<String> tags,
            @Nullable String content) {

        static Body of(MemoryBody body) {
            return new Body(body.kind(), body.scope(), body.importance(), body.tags(), body.content());
        }

        void requireTags() {
            if (tags != null && tags.contains(null)) {
                throw Failure.invalid("one of its tags is null").hint("mend the line, or leave tags out");
            }
        }

        NewMemory memory() {
            return new MemoryChange(content, kind, scope, importance, tags).of(MemoryBody.note(""));
        }
    }

    /** Holds when and where it was written. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Origin(
            @Nullable Instant at,
            @Nullable String provider,
            @Nullable String model,
            @Nullable String folder,
            @Nullable String session) {

        static Origin of(MemoryOrigin origin) {
            return new Origin(origin.at(), origin.provider(), origin.model(), origin.folder(), origin.session());
        }

        MemoryOrigin orAt(Instant now) {
            return new MemoryOrigin(at == null ? now : at, provider, model, folder, session);
        }
    }

    /** Names what came before it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Predecessors(
            @Nullable String previous,
            @Nullable String supersedes,
            @Nullable List<String> contradicts) {

        static Predecessors of(ExportedMemory.Predecessors predecessors) {
            return new Predecessors(
                    predecessors.previous(),
                    predecessors.supersedes(),
                    predecessors.contradicts().isEmpty() ? null : predecessors.contradicts());
        }

        ExportedMemory.Predecessors known() {
            return new ExportedMemory.Predecessors(
                    previous, supersedes, Objects.requireNonNullElse(contradicts, List.of()));
        }
    }

    /** Tells what has become of it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Standing(
            @Nullable Boolean superseded,
            @Nullable String supersededBy,
            @Nullable List<String> contradictedBy) {

        static Standing of(ExportedMemory.Standing standing) {
            return new Standing(
                    standing.superseded() ? true : null,
                    standing.supersededBy(),
                    standing.contradictedBy().isEmpty() ? null : standing.contradictedBy());
        }

        ExportedMemory.Standing known() {
            return new ExportedMemory.Standing(
                    Boolean.TRUE.equals(superseded) || supersededBy != null,
                    supersededBy,
                    Objects.requireNonNullElse(contradictedBy, List.of()));
        }
    }

    /** Tells how often it was said again. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Confirmed(
            @Nullable Integer confirmations, @Nullable Instant confirmedAt) {

        static Confirmed of(MemoryConfirmations confirmations) {
            return new Confirmed(confirmations.count() == 0 ? null : confirmations.count(), confirmations.lastAt());
        }

        MemoryConfirmations known() {
            return new MemoryConfirmations(Objects.requireNonNullElse(confirmations, 0), confirmedAt);
        }
    }

    static MemoryJson of(ExportedMemory memory) {
        return new MemoryJson(
                memory.uid(),
                new Author(memory.author().name(), memory.author().human()),
                Body.of(memory.memory().body()),
                Origin.of(memory.origin()),
                Predecessors.of(memory.predecessors()),
                Standing.of(memory.standing()),
                Confirmed.of(memory.confirmations()));
    }

    /** Returns the memory that the line means. A missing author is the given one, and a missing time is now. */
    ExportedMemory memory(MemoryAuthor usual, Instant now) {
        requireValues();
        NewMemory memory = body.memory();
        MemoryAuthor by = author.orElse(usual);
        return new ExportedMemory(
                uid == null ? MemoryUids.of(by, memory.body().content()) : uid,
                by,
                memory,
                origin.orAt(now),
                predecessors.known(),
                standing.known(),
                confirmed.known());
    }

    private void requireValues() {
        requireTime("at", origin.at());
        requireTime("confirmedAt", confirmed.confirmedAt());
        Integer count = confirmed.confirmations();
        if (count != null && (count < 0 || count > MemoryConfirmations.MAX)) {
            throw Failure.invalid("confirmations is " + count + ", and must be 0 to " + MemoryConfirmations.MAX)
                    .hint("mend the line, or leave confirmations out");
        }
        body.requireTags();
        require("uid", uid);
        require("provider", origin.provider());
        require("model", origin.model());
        require("folder", origin.folder());
        require("session", origin.session());
        require("previous", predecessors.previous());
        require("supersedes", predecessors.supersedes());
        require("supersededBy", standing.supersededBy());
        requireUids("contradicts", predecessors.contradicts());
        requireUids("contradictedBy", standing.contradictedBy());
    }

    private static void requireUids(String field, @Nullable List<String> uids) {
        if (uids != null) {
            if (uids.contains(null)) {
                throw Failure.invalid("one of the uids in " + field + " is null")
                        .hint("mend the line, or leave " + field + " out");
            }
            uids.forEach(uid -> require(field, uid));
        }
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
}
