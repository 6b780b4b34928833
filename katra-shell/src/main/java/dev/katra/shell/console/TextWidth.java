package dev.katra.shell.console;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jline.utils.WCWidth;

/** Measures the width of text on a terminal, in columns, and cuts and wraps it. */
final class TextWidth {

    /** The ellipsis that stands for text that was cut. */
    private static final String ELLIPSIS = "…";

    private static final int MIN_WIDTH = 20;
    private static final Pattern ENTRY = Pattern.compile("(\\S.*? {2,})(\\S.*)");

    private TextWidth() {}

    /** Returns the number of columns that a line of text takes. */
    static int of(String text) {
        return text.codePoints().map(TextWidth::of).sum();
    }

    private static int of(int character) {
        return Math.max(0, WCWidth.wcwidth(character));
    }

    /** Returns the text with blanks behind it up to this width. */
    static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - of(text)));
    }

    /** Returns the text, or its beginning with an ellipsis behind it. */
    static String cutEnd(String text, int width) {
        if (of(text) <= width) {
            return text;
        }
        int end = 0;
        int room = width - 1;
        while (end < text.length() && room >= of(text.codePointAt(end))) {
            room -= of(text.codePointAt(end));
            end += Character.charCount(text.codePointAt(end));
        }
        return text.substring(0, end).stripTrailing() + ELLIPSIS;
    }

    /**
     * Returns the path, or an ellipsis and as much of its end as there is room for, from the beginning of a word if
     * possible.
     */
    static String cutStart(String path, int width) {
        if (of(path) <= width) {
            return path;
        }
        int start = path.length();
        int room = width - 1;
        int boundary = -1;
        while (start > 0 && room >= of(path.codePointBefore(start))) {
            room -= of(path.codePointBefore(start));
            start -= Character.charCount(path.codePointBefore(start));
            if (!Character.isLetterOrDigit(path.codePointAt(start)) && start < path.length() - 1) {
                boundary = start;
            }
        }
        return ELLIPSIS + path.substring(boundary < 0 ? start : boundary);
    }

    /** Returns the text in lines of at most this width, broken at blanks; a longer word has a line of its own. */
    static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && of(line.toString()) + 1 + of(word) > width) {
                lines.add(line.toString().stripTrailing());
                line.setLength(0);
            } else if (!line.isEmpty() || (word.isEmpty() && lines.isEmpty())) {
                line.append(' ');
            }
            line.append(word);
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }

    /** Returns this beginning and the text behind it, whose further lines are indented to begin below it. */
    static String hanging(String beginning, String text, int width) {
        int room = Math.max(MIN_WIDTH, width - of(beginning));
        return beginning + String.join("\n" + " ".repeat(of(beginning)), wrap(text, room));
    }

    /**
     * Returns the text; if a line of it is too wide, with its paragraphs filled anew. A paragraph ends at an empty
     * line. A line with two blanks in it is an entry of a list, and goes on below what stands behind them, as do
     * indented lines after it.
     */
    static String fillParagraphs(String text, int width) {
        if (text.lines().allMatch(line -> of(line) <= width)) {
            return text;
        }
        List<String> paragraphs = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            int last = paragraphs.size() - 1;
            boolean isNew = last < 0
                    || line.isBlank()
                    || paragraphs.get(last).isBlank()
                    || (!line.startsWith(" ") && (isEntry(line) || isEntry(paragraphs.get(last))));
            if (isNew) {
                paragraphs.add(line);
            } else {
                paragraphs.set(last, paragraphs.get(last) + " " + line.strip());
            }
        }
        return paragraphs.stream().map(each -> fillParagraph(each, width)).collect(Collectors.joining("\n"));
    }

    private static boolean isEntry(String paragraph) {
        return ENTRY.matcher(paragraph).matches();
    }

    private static String fillParagraph(String paragraph, int width) {
        Matcher entry = ENTRY.matcher(paragraph);
        return entry.matches()
                ? hanging(entry.group(1), entry.group(2), width)
                : String.join("\n", wrap(paragraph, Math.max(MIN_WIDTH, width)));
    }
}
