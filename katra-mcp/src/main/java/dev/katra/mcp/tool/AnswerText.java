package dev.katra.mcp.tool;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Formats the text of tools' answers. */
public final class AnswerText {

    /** The maximum size of the items in an answer, in bytes; Claude Code refuses answers that are much larger. */
    private static final int MAX_BYTES = 48 * 1024;

    private static final String INDENT = "  ";

    private AnswerText() {}

    /** Returns a time to the second, in ISO 8601. */
    public static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Returns the date of a time in the server's zone, in ISO 8601; null if that is less than a day ago. */
    public static @Nullable String date(Instant at, Instant now) {
        return at.isAfter(now.minus(1, ChronoUnit.DAYS))
                ? null
                : at.atZone(ZoneId.systemDefault()).toLocalDate().toString();
    }

    /** Returns a text with each line indented, so that no line of it can pass for a line of Katra's. */
    public static String indented(String text) {
        StringBuilder indented = new StringBuilder(text.length() + INDENT.length()).append(INDENT);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            indented.append(c);
            boolean first = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
            if ((c == '\n' || c == '\r') && !first) {
                indented.append(INDENT);
            }
        }
        return indented.toString();
    }

    /** Returns what a list of results and its total do not show; null if that is nothing. */
    public static @Nullable String searchNote(int total, boolean more, boolean complete, boolean weak) {
        List<String> notes = new ArrayList<>();
        if (weak && total > 0) {
            notes.add("nothing matches well: these are only the nearest");
        }
        if (!complete) {
            notes.add("the index is being rebuilt: not everything can be found yet");
        }
        if (more) {
            notes.add("more than " + total + " match");
        }
        return notes.isEmpty() ? null : String.join("\n", notes);
    }

    /** Returns as many of the items from the front as one answer can hold, but at least one if there is any. */
    public static <T> List<T> fitting(List<T> items, Function<T, String> text) {
        List<T> fitting = new ArrayList<>();
        int bytes = 0;
        for (T item : items) {
            bytes += text.apply(item).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MAX_BYTES && !fitting.isEmpty()) {
                break;
            }
            fitting.add(item);
        }
        return fitting;
    }
}
