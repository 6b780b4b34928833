package dev.katra.core.memory;

import dev.katra.core.failure.Failure;
import dev.katra.core.text.StoredText;
import java.util.List;

/** What is to be remembered. */
public record NewMemory(String content, MemoryKind kind, MemoryScope scope, int importance, List<String> tags) {

    /** The largest content, in UTF-8 bytes. */
    public static final int MAX_BYTES = 64 * 1024;

    /** The most tags of one memory, and the largest tag in UTF-8 bytes. */
    public static final int MAX_TAGS = 20;

    public static final int MAX_TAG_BYTES = 64;

    /** The importance of what says nothing about it. */
    public static final int USUAL_IMPORTANCE = 3;

    public NewMemory {
        StoredText.require("memory", content, MAX_BYTES, "remember where it can be found instead");
        if (importance < 1 || importance > 5) {
            throw Failure.invalid("importance is " + importance + ", and must be 1 to 5");
        }
        if (tags.size() > MAX_TAGS) {
            throw Failure.invalid("the memory has " + tags.size() + " tags, and the limit is " + MAX_TAGS);
        }
        for (String tag : tags) {
            StoredText.require("tag", tag, MAX_TAG_BYTES, "a tag is one word");
            if (tag.chars().anyMatch(Character::isWhitespace)) {
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
