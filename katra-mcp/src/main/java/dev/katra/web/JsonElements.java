package dev.katra.web;

/** Counts the maximum number of elements of a JSON text while it comes; characters inside strings do not count. */
final class JsonElements {

    private long outsideOfStrings;
    private long everywhere;
    private boolean string;
    private boolean escaped;
    private boolean wide;

    /** Returns the maximum number of elements of a whole text. */
    static long of(byte[] json) {
        JsonElements elements = new JsonElements();
        elements.add(json, 0, json.length);
        return elements.count();
    }

    /** Counts the elements in the next bytes of the text. */
    void add(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            add(bytes[i]);
        }
    }

    private void add(byte b) {
        boolean begins = b == ',' || b == ':' || b == '[' || b == '{';
        everywhere += begins ? 1 : 0;
        outsideOfStrings += begins && !string ? 1 : 0;
        wide |= b == 0; // UTF-16 or UTF-32, in which a byte that looks like a quote may be none
        if (b == '"' && !escaped) {
            string = !string;
        }
        escaped = string && !escaped && b == '\\';
    }

    /** Returns the maximum number of elements so far. */
    long count() {
        return wide ? everywhere : outsideOfStrings;
    }
}
