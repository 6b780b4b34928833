package dev.katra.shell.channel;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads what bash's {@code declare -p} prints, and keeps the variables that are exported: a line for each, such as
 * {@code declare -x NAME="value"}. Bash writes a value in double quotes, or, if it holds what a terminal would not show,
 * in its own form {@code $'…'}.
 */
final class DeclaredVariables {

    private static final String WORD = "declare -";
    private static final String ESCAPES = "abtnvfrE";
    private static final byte[] ESCAPED = {7, 8, 9, 10, 11, 12, 13, 27};

    private final byte[] text;
    private int at;

    private DeclaredVariables(byte[] text) {
        this.text = text;
    }

    /**
     * Returns the exported variables of this output. An IllegalArgumentException says that the text is something else.
     */
    static Map<String, String> read(byte[] text) {
        return new DeclaredVariables(text).all();
    }

    private Map<String, String> all() {
        Map<String, String> exported = new HashMap<>();
        while (at < text.length) {
            expect(WORD);
            String attributes = until(" ");
            String name = until("=\n");
            if (text[at - 1] == '=') {
                String value = new String(value(), StandardCharsets.UTF_8);
                expect("\n");
                if (attributes.contains("x")) {
                    exported.put(name, value);
                }
            }
        }
        return exported;
    }

    private byte[] value() {
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        boolean own = peek() == '$';
        if (own) {
            at++;
        }
        byte quote = next();
        if (quote != (own ? '\'' : '"')) {
            throw new IllegalArgumentException("no quote");
        }
        for (byte b = next(); b != quote; b = next()) {
            if (b != '\\') {
                value.write(b);
            } else if (own) {
                value.write(escaped());
            } else {
                value.write(next());
            }
        }
        return value.toByteArray();
    }

    private int escaped() {
        byte b = next();
        if (b >= '0' && b <= '7') {
            int code = b - '0';
            for (int i = 0; i < 2 && peek() >= '0' && peek() <= '7'; i++) {
                code = code * 8 + next() - '0';
            }
            return code;
        }
        int known = ESCAPES.indexOf(b);
        return known < 0 ? b : ESCAPED[known];
    }

    private String until(String ends) {
        int start = at;
        while (ends.indexOf(next()) < 0) {
            // goes on
        }
        return new String(text, start, at - 1 - start, StandardCharsets.UTF_8);
    }

    private void expect(String expected) {
        for (int i = 0; i < expected.length(); i++) {
            if (next() != expected.charAt(i)) {
                throw new IllegalArgumentException("no declaration");
            }
        }
    }

    private byte peek() {
        if (at == text.length) {
            throw new IllegalArgumentException("a declaration has no end");
        }
        return text[at];
    }

    private byte next() {
        byte b = peek();
        at++;
        return b;
    }
}
