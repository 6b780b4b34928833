package dev.katra.shell.transfer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A FrontMatter is a Markdown file with the values that stand between two lines of dashes before its body. It is read
 * leniently: keys count wherever they are nested, and a value may go on in the indented lines below it.
 */
public record FrontMatter(Map<String, String> values, String body) {

    public FrontMatter {
        values = Map.copyOf(values);
    }

    /** Returns the values and the body of this text; a text without values is all body. */
    public static FrontMatter of(String text) {
        List<String> lines = text.lines().toList();
        int end = lines.isEmpty() || !lines.get(0).strip().equals("---") ? -1 : end(lines);
        if (end < 0) {
            return new FrontMatter(Map.of(), text.strip());
        }
        Map<String, String> values = new HashMap<>();
        String key = "";
        int depth = 0;
        for (String line : lines.subList(1, end)) {
            int indent = line.length() - line.stripLeading().length();
            int colon = line.indexOf(':');
            if (indent > depth && isOpenBlock(values, key)) {
                values.merge(key, line.strip(), FrontMatter::joined);
            } else if (colon > 0 && line.substring(indent, colon).matches("[\\w-]+")) {
                key = line.substring(indent, colon);
                depth = indent;
                values.put(key, unquoted(line.substring(colon + 1).strip()));
            } else if (indent > depth) {
                values.merge(key, line.strip(), FrontMatter::joined);
            }
        }
        values.remove("");
        values.replaceAll((name, value) -> value.replaceFirst("^[>|][+-]?\\s*", ""));
        return new FrontMatter(
                values, String.join("\n", lines.subList(end + 1, lines.size())).strip());
    }

    /** Returns the value of this key; empty if there is none. */
    public String value(String key) {
        return values.getOrDefault(key, "");
    }

    private static int end(List<String> lines) {
        for (int n = 1; n < lines.size(); n++) {
            if (lines.get(n).strip().equals("---")) {
                return n;
            }
        }
        return -1;
    }

    private static boolean isOpenBlock(Map<String, String> values, String key) {
        return values.getOrDefault(key, "").matches("(?s)[>|].*");
    }

    private static String joined(String before, String more) {
        return before.isEmpty() ? more : before + " " + more;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1
                && ((value.startsWith("\"") && value.endsWith("\"")) || (value.startsWith("'") && value.endsWith("'")));
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
