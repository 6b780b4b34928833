package dev.katra.shell.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Valid texts, and what becomes of them: the same number gives the same text again. */
final class Mutations {

    private static final List<String> ODD = List.of(
            "null",
            "true",
            "-1",
            "0",
            "1.5",
            "1e999",
            "-0.0",
            "9223372036854775808",
            "99999999999999999999999999",
            "\"\"",
            "[]",
            "{}",
            "[[[[[[[[]]]]]]]]",
            "{\"a\":{\"a\":{\"a\":null}}}",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\u202e\ufeff\"",
            "\"" + "x".repeat(5000) + "\"",
            ",",
            ":",
            "\"",
            "\\",
            "\n",
            "\r\n\r\n",
            "\u0000",
            "=",
            "'",
            "${x}");

    private final List<String> valid;

    Mutations(List<String> valid) {
        this.valid = valid;
    }

    /** The text of this number. */
    byte[] text(long number) {
        Random random = new Random(number);
        byte[] text = valid.get(random.nextInt(valid.size())).getBytes(StandardCharsets.UTF_8);
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            text = changed(text, random);
        }
        return text;
    }

    private byte[] changed(byte[] text, Random random) {
        int at = random.nextInt(text.length + 1);
        int end = Math.min(text.length, at + random.nextInt(16));
        return switch (random.nextInt(8)) {
            case 0 -> joined(text, at, new byte[] {(byte) random.nextInt(256)}, Math.min(text.length, at + 1));
            case 1 -> joined(text, at, new byte[0], end);
            case 2 -> joined(text, at, new byte[0], text.length);
            case 3 -> joined(text, end, java.util.Arrays.copyOfRange(text, at, end), end);
            case 4 -> joined(text, at, odd(random), at);
            case 5 ->
                joined(
                        text,
                        at,
                        valid.get(random.nextInt(valid.size())).substring(0, 1).getBytes(StandardCharsets.UTF_8),
                        end);
            default -> value(text, at, random);
        };
    }

    /** In the place of the value behind the next colon, an odd one. */
    private static byte[] value(byte[] text, int from, Random random) {
        for (int i = from; i < text.length; i++) {
            if (text[i] == ':' || text[i] == '=') {
                return joined(text, i + 1, odd(random), end(text, i + 1));
            }
        }
        return joined(text, from, odd(random), from);
    }

    /** Where the value that begins here ends. */
    private static int end(byte[] text, int from) {
        int depth = 0;
        boolean quoted = false;
        for (int i = from; i < text.length; i++) {
            byte b = text[i];
            if (b == '"') {
                quoted = !quoted;
            } else if (!quoted && (b == '{' || b == '[')) {
                depth++;
            } else if (!quoted && (b == '}' || b == ']') && depth-- == 0) {
                return i;
            } else if (!quoted && depth == 0 && (b == ',' || b == '\n')) {
                return i;
            }
        }
        return text.length;
    }

    private static byte[] odd(Random random) {
        return ODD.get(random.nextInt(ODD.size())).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[] text, int begin, byte[] middle, int end) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream(text.length + middle.length);
        joined.write(text, 0, begin);
        joined.writeBytes(middle);
        joined.write(text, end, text.length - end);
        return joined.toByteArray();
    }
}
