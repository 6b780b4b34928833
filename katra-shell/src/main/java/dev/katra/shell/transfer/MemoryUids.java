package dev.katra.shell.transfer;

import dev.katra.core.memory.MemoryAuthor;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Gives uids to memories that come without one. */
public final class MemoryUids {

    private MemoryUids() {}

    /**
     * Returns the uid of a content. It is the same for the same content of the same author, so that it is imported
     * once.
     */
    public static String of(MemoryAuthor author, String content) {
        return UUID.nameUUIDFromBytes((author.name() + "\n" + content).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
