package dev.katra.core.memory;

import dev.katra.core.text.Sha256;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Holds what a memory says, and how it is filed.
 *
 * @param importance 1 (minor) to 5 (vital)
 * @param tags one word each
 * @param content empty once the memory is forgotten
 */
public record MemoryBody(MemoryKind kind, MemoryScope scope, int importance, List<String> tags, String content) {

    private static final int HASH_DIGITS = 32;
    private static final Pattern BLANKS = Pattern.compile("[\\s\\h]+");

    /** The characters that may end a sentence without changing it; a question is no statement, so its mark is none. */
    private static final String FINAL = " .!;,:…。！";

    public MemoryBody {
        tags = List.copyOf(tags);
    }

    /** Creates the body of a note for the team, of default importance and without tags. */
    public static MemoryBody note(String content) {
        return new MemoryBody(MemoryKind.NOTE, MemoryScope.TEAM, NewMemory.DEFAULT_IMPORTANCE, List.of(), content);
    }

    /** Returns the same body with another kind. */
    public MemoryBody kind(MemoryKind other) {
        return new MemoryBody(other, scope, importance, tags, content);
    }

    /** Returns the same body for other readers. */
    public MemoryBody scope(MemoryScope other) {
        return new MemoryBody(kind, other, importance, tags, content);
    }

    /** Returns the same body with another importance. */
    public MemoryBody importance(int other) {
        return new MemoryBody(kind, scope, other, tags, content);
    }

    /** Returns the same body with other tags. */
    public MemoryBody tags(List<String> others) {
        return new MemoryBody(kind, scope, importance, others, content);
    }

    /** Returns the same body with another text. */
    public MemoryBody content(String other) {
        return new MemoryBody(kind, scope, importance, tags, other);
    }

    /** Returns the hash of the author, the scope and what the content says, which two have in common that say the same. */
    public String sameHash(long personaId) {
        return Sha256.hex(personaId + " " + scope + " " + said(content), HASH_DIGITS);
    }

    /** Returns the content in lower case, with one blank where there are several, and without its final punctuation. */
    private static String said(String content) {
        String plain = BLANKS.matcher(content.strip().toLowerCase(Locale.ROOT)).replaceAll(" ");
        int end = plain.length();
        while (end > 1 && FINAL.indexOf(plain.charAt(end - 1)) >= 0) {
            end--;
        }
        return plain.substring(0, end);
    }

    /** Returns the hash of the author, the scope and the content, which tells a memory from all that are valid. */
    public String contentHash(long personaId) {
        return Sha256.hex(personaId + " " + scope + " " + content, HASH_DIGITS);
    }
}
