package dev.katra.core.memory;

import dev.katra.core.failure.Failure;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is to be remembered. */
public record NewMemory(String content, MemoryKind kind, MemoryScope scope, int importance, List<String> tags) {

    /** The largest content, in UTF-8 bytes. */
    public static final int MAX_BYTES = 64 * 1024;

    /** The importance of what says nothing about it. */
    public static final int USUAL_IMPORTANCE = 3;

    public NewMemory {
        if (content.isBlank()) {
            throw Failure.invalid("the memory is empty");
        }
        int bytes = content.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) {
            throw Failure.invalid("the memory has " + bytes + " bytes, and the limit is " + MAX_BYTES)
                    .hint("remember where it can be found instead");
        }
        if (importance < 1 || importance > 5) {
            throw Failure.invalid("importance is " + importance + ", and must be 1 to 5");
        }
        for (String tag : tags) {
            if (tag.isBlank() || tag.chars().anyMatch(Character::isWhitespace)) {
                throw Failure.invalid("\"" + tag + "\" cannot be a tag").hint("a tag is one word");
            }
        }
        tags = List.copyOf(tags);
    }

    /** A note for the team of usual importance. */
    public static NewMemory note(String content) {
        return new NewMemory(content, MemoryKind.NOTE, MemoryScope.TEAM, USUAL_IMPORTANCE, List.of());
    }
}
