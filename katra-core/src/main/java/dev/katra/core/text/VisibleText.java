package dev.katra.core.text;

import java.util.EnumSet;
import java.util.Set;

/**
 * Makes somebody's text safe for a terminal, which must not do what the text says, nor hide any of it: control
 * characters, those that turn the direction of writing, and those that have no width are shown (Unicode's categories
 * Cc, Cf, Zl and Zp, the block of tags, and variation selectors that select nothing).
 */
public final class VisibleText {

    private static final int MAX_NAME_CHARACTERS = 100;
    private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
    private static final int ZERO_WIDTH_JOINER = 0x200d;

    /** The scripts whose words are spelled with joiners and non-joiners. */
    private static final Set<Character.UnicodeScript> JOINING = EnumSet.of(
            Character.UnicodeScript.ARABIC,
            Character.UnicodeScript.SYRIAC,
            Character.UnicodeScript.MONGOLIAN,
            Character.UnicodeScript.DEVANAGARI,
            Character.UnicodeScript.BENGALI,
            Character.UnicodeScript.GURMUKHI,
            Character.UnicodeScript.GUJARATI,
            Character.UnicodeScript.ORIYA,
            Character.UnicodeScript.TAMIL,
            Character.UnicodeScript.TELUGU,
            Character.UnicodeScript.KANNADA,
            Character.UnicodeScript.MALAYALAM,
            Character.UnicodeScript.SINHALA,
            Character.UnicodeScript.KHMER,
            Character.UnicodeScript.MYANMAR,
            Character.UnicodeScript.TIBETAN);

    private VisibleText() {}

    /**
     * Returns the text with such characters shown; tabs and ends of lines stay, and joiners where words and emoji need
     * them.
     */
    public static String of(String text) {
        String lines = text.replace("\r\n", "\n");
        StringBuilder shown = new StringBuilder(lines.length());
        int before = -1;
        for (int at = 0; at < lines.length(); at += Character.charCount(before)) {
            int c = lines.codePointAt(at);
            int next = at + Character.charCount(c);
            int after = next < lines.length() ? lines.codePointAt(next) : -1;
            if (c == '\n' || c == '\t' || !isHidden(c) || belongs(before, c, after)) {
                shown.appendCodePoint(c);
            } else {
                shown.append(symbol(c));
            }
            before = c;
        }
        return shown.toString();
    }

    /**
     * Returns somebody else's name for a thing, such as a model's, on one line; a name of more than 100 characters is
     * cut.
     */
    public static String name(String name) {
        String line = of(name).replace('\n', '\u240a').replace('\t', '\u2409');
        return line.codePointCount(0, line.length()) <= MAX_NAME_CHARACTERS
                ? line
                : line.substring(0, line.offsetByCodePoints(0, MAX_NAME_CHARACTERS - 1)) + "…";
    }

    /** Returns the JSON with such characters escaped, all of which are in strings: it means the same. */
    public static String escapeJson(String json) {
        StringBuilder escaped = new StringBuilder(json.length());
        json.codePoints().forEach(c -> {
            if (isHidden(c)) {
                for (char unit : Character.toChars(c)) {
                    escaped.append(String.format("\\u%04x", (int) unit));
                }
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }

    private static boolean isHidden(int c) {
        if (c < 0x7f) {
            return c < ' ';
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            case Character.FORMAT -> !isSign(c);
            default -> isVariation(c) || (c >= 0xe0000 && c <= 0xe0fff) || isFiller(c);
        };
    }

    /**
     * Returns whether the character is a sign before numbers and the like, which is written (Unicode's
     * Prepended_Concatenation_Mark).
     */
    private static boolean isSign(int c) {
        return (c >= 0x600 && c <= 0x605)
                || c == 0x6dd
                || c == 0x70f
                || (c >= 0x890 && c <= 0x891)
                || c == 0x8e2
                || c == 0x110bd
                || c == 0x110cd;
    }

    /** Returns whether the character is a blank letter, or the grapheme joiner, which joins nothing. */
    private static boolean isFiller(int c) {
        return c == 0x34f || c == 0x115f || c == 0x1160 || c == 0x3164 || c == 0xffa0;
    }

    private static boolean isVariation(int c) {
        return (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef);
    }

    /** Returns whether the character is part of how a word or an emoji is written. */
    private static boolean belongs(int before, int c, int after) {
        if (isVariation(c)) {
            return before > ' ' && !isHidden(before) && (c < 0xffff || Character.isIdeographic(before));
        }
        if (c == ZERO_WIDTH_JOINER && after > 0x7f && isPictured(after)) {
            return isPictured(before) || isVariation(before);
        }
        return (c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER)
                && before > 0
                && JOINING.contains(Character.UnicodeScript.of(before));
    }

    /** Returns whether the character is an emoji or a modifier of its skin. */
    private static boolean isPictured(int c) {
        return Character.getType(c) == Character.OTHER_SYMBOL || (c >= 0x1f3fb && c <= 0x1f3ff);
    }

    private static String symbol(int c) {
        if (c < ' ') {
            return String.valueOf((char) ('\u2400' + c));
        }
        if (c == 0x7f) {
            return "\u2421";
        }
        return String.format(c <= 0xff ? "\\x%02x" : c <= 0xffff ? "\\u%04x" : "\\u{%x}", c);
    }
}
