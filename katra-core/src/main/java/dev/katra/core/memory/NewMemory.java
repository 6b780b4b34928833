package dev.katra.core.memory;

import dev.katra.core.failure.Failure;
import dev.katra.core.secret.SecretGuard;
import dev.katra.core.text.StoredText;
import java.util.List;
import java.util.stream.Stream;

/** Holds what is to be remembered, within the limits of what can be. */
public record NewMemory(MemoryBody body) {

    /** The largest content, in UTF-8 bytes. */
    public static final int MAX_BYTES = 64 * 1024;

    /** The largest number of tags of one memory. */
    public static final int MAX_TAGS = 20;

    /** The largest tag, in UTF-8 bytes. */
    public static final int MAX_TAG_BYTES = 64;

    /** The importance of a memory for which none is given. */
    public static final int DEFAULT_IMPORTANCE = 3;

    /** The highest importance: vital. */
    public static final int MAX_IMPORTANCE = 5;

    public NewMemory {
        StoredText.require("memory", body.content(), MAX_BYTES, "remember where it can be found instead");
        requireImportance(body.importance());
        requireTags(body.tags());
    }

    /** Creates a memory of these parts. */
    public NewMemory(String content, MemoryKind kind, MemoryScope scope, int importance, List<String> tags) {
        this(MemoryBody.note(content)
                .kind(kind)
                .scope(scope)
                .importance(importance)
                .tags(tags));
    }

    private static void requireImportance(int importance) {
        if (importance < 1 || importance > 5) {
            throw Failure.invalid("importance is " + importance + ", and must be 1 to 5")
                    .hint("1 is minor, 3 usual, 5 vital");
        }
    }

    private static void requireTags(List<String> tags) {
        if (tags.size() > MAX_TAGS) {
            throw Failure.invalid("the memory has " + tags.size() + " tags, and the limit is " + MAX_TAGS)
                    .hint("keep the " + MAX_TAGS + " that matter");
        }
        for (String tag : tags) {
            StoredText.require("tag", tag, MAX_TAG_BYTES, "a tag is one word");
            if (tag.chars().anyMatch(Character::isWhitespace)) {
                throw Failure.invalid("\"" + tag + "\" cannot be a tag").hint("a tag is one word");
            }
        }
    }

    /** Returns its content and its tags, each of which may have a secret in it. */
    public List<String> texts() {
        return Stream.concat(Stream.of(body.content()), body.tags().stream()).toList();
    }

    /** Returns this memory without its secrets. */
    NewMemory withoutSecrets(SecretGuard secrets) {
        return new NewMemory(body.content(secrets.storable("memory", body.content()))
                .tags(body.tags().stream()
                        .map(tag -> secrets.storable("tag", tag).replace(' ', '-'))
                        .toList()));
    }

    /** Creates a note for the team, of default importance. */
    public static NewMemory note(String content) {
        return new NewMemory(MemoryBody.note(content));
    }
}
