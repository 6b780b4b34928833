package dev.katra.core.turn;

import dev.katra.core.failure.Failure;
import dev.katra.core.secret.SecretGuard;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes what is asked and answered fit for the store: without secrets, and cut if it is long. Unlike a memory, which is
 * refused if it is too long, a turn is kept without anybody being asked.
 */
@Component
class TurnText {

    /** The maximum size of a text, in bytes of UTF-8, without the line that says where it is cut. */
    static final int MAX_BYTES = 16 * 1024;

    /** The number of characters at each end in which secrets are looked for: much more than is kept. */
    private static final int MAX_READ_CHARACTERS = 64 * 1024;

    private final SecretGuard secrets;

    TurnText(SecretGuard secrets) {
        this.secrets = secrets;
    }

    /**
     * Returns the text as it is stored; null if it is blank, or if it has a secret and such texts are refused. It takes a
     * while, and may be called anywhere but in a write.
     */
    @Nullable
    String storable(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return text.length() <= 2 * MAX_READ_CHARACTERS
                    ? cut(secrets.storable("turn", valid(text)))
                    : cutEnds(text);
        } catch (Failure refusal) {
            return null;
        }
    }

    /** Returns the storable text of one that is too long to be read whole. */
    private String cutEnds(String text) {
        int from = text.length() - MAX_READ_CHARACTERS;
        String head = secrets.storable("turn", valid(text.substring(0, MAX_READ_CHARACTERS)));
        String tail = secrets.storable("turn", valid(text.substring(from)));
        int between = bytes(text.substring(MAX_READ_CHARACTERS, from));
        return join(head(head), tail(tail), bytes(head) + bytes(tail) + between);
    }

    private static String cut(String text) {
        int bytes = bytes(text);
        return bytes <= MAX_BYTES ? text : join(head(text), tail(text), bytes);
    }

    private static String join(String head, String tail, int bytes) {
        return head + "\n[… " + (bytes - bytes(head) - bytes(tail)) + " bytes are left out here …]\n" + tail;
    }

    /** Returns the beginning of a text, in half of the size. */
    private static String head(String text) {
        int end = 0;
        int bytes = 0;
        while (end < text.length()) {
            int character = text.codePointAt(end);
            bytes += size(character);
            if (bytes > MAX_BYTES / 2) {
                break;
            }
            end += Character.charCount(character);
        }
        return text.substring(0, end);
    }

    /** Returns the end of a text, in half of the size. */
    private static String tail(String text) {
        int start = text.length();
        int bytes = 0;
        while (start > 0) {
            int character = text.codePointBefore(start);
            bytes += size(character);
            if (bytes > MAX_BYTES / 2) {
                break;
            }
            start -= Character.charCount(character);
        }
        return text.substring(start);
    }

    /** Returns the text without what no store keeps: NUL, and halves of surrogate pairs. */
    private static String valid(String text) {
        boolean isValid = text.indexOf('\0') < 0
                && text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
        if (isValid) {
            return text;
        }
        return text.codePoints()
                .map(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) ? '\ufffd' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static int size(int character) {
        return character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
