import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes maps, lists, numbers, texts and booleans as JSON. */
final class Json {

    private Json() {}

    static String of(Object value) {
        StringBuilder out = new StringBuilder();
        write(out, value, "\n");
        return out.append('\n').toString();
    }

    private static void write(StringBuilder out, Object value, String line) {
        if (value instanceof Map<?, ?> map) {
            String inner = line + "  ";
            String before = "{";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(before).append(inner);
                write(out, entry.getKey().toString(), inner);
                out.append(": ");
                write(out, entry.getValue(), inner);
                before = ",";
            }
            out.append(map.isEmpty() ? "{}" : line + "}");
        } else if (value instanceof List<?> list) {
            String inner = line + "  ";
            String before = "[";
            for (Object element : list) {
                out.append(before).append(inner);
                write(out, element, inner);
                before = ",";
            }
            out.append(list.isEmpty() ? "[]" : line + "]");
        } else if (value instanceof Double number) {
            out.append(String.format(Locale.ROOT, "%.3f", number));
        } else if (value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else {
            out.append('"');
            for (char c : value.toString().toCharArray()) {
                if (c == '"' || c == '\\') {
                    out.append('\\').append(c);
                } else if (c < ' ') {
                    out.append(String.format("\\u%04x", (int) c));
                } else {
                    out.append(c);
                }
            }
            out.append('"');
        }
    }
}
