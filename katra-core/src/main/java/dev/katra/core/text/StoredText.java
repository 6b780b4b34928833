package dev.katra.core.text;

import dev.katra.core.failure.Failure;
import java.nio.charset.StandardCharsets;

/** Checks texts that people and models hand in: what is stored comes back unchanged. */
public final class StoredText {

    private StoredText() {}

    /**
     * Returns the text if it can be stored as it is.
     *
     * @param what the noun for it in the failure, such as "message"
     * @param maxBytes the limit, in UTF-8 bytes
     * @param instead the next step for somebody whose text is too long
     * @throws Failure INVALID if it is blank, too long, has a NUL (no SQL engine keeps it) or half of a surrogate pair
     */
    public static String require(String what, String text, int maxBytes, String instead) {
        if (text.isBlank()) {
            throw Failure.invalid("the " + what + " is empty").hint("write something");
        }
        if (text.indexOf('\0') >= 0) {
            throw Failure.invalid("the " + what + " has a NUL character").hint("send text, and binary data as a file");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw Failure.invalid("the " + what + " has half of a surrogate pair")
                    .hint("send valid Unicode");
        }
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > maxBytes) {
            throw Failure.invalid("the " + what + " has " + bytes + " bytes, and the limit is " + maxBytes)
                    .hint(instead);
        }
        return text;
    }
}
