package dev.katra.mcp.tool;

import org.jspecify.annotations.Nullable;

/** Says in an answer which secrets were not stored. */
public final class MaskedText {

    private MaskedText() {}

    /** Returns these words for the record of an answer; null for none. */
    public static @Nullable String orNull(String words) {
        return words.isEmpty() ? null : words;
    }

    /** Returns these words for the text of an answer; empty for none. */
    public static String of(@Nullable String words) {
        return words == null ? "" : "; masked, for secrets are not kept: " + words;
    }
}
