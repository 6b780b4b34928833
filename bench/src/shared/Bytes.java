import java.nio.charset.StandardCharsets;

/** Looking for ASCII in bytes, without making objects. */
final class Bytes {

    private Bytes() {}

    static byte[] of(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static int indexOf(byte[] in, int from, int to, byte[] what) {
        byte first = what[0];
        for (int i = Math.max(from, 0); i <= to - what.length; i++) {
            if (in[i] == first && matches(in, i, what)) {
                return i;
            }
        }
        return -1;
    }

    static int lastIndexOf(byte[] in, int from, int to, byte[] what) {
        for (int i = to - what.length; i >= from; i--) {
            if (in[i] == what[0] && matches(in, i, what)) {
                return i;
            }
        }
        return -1;
    }

    /** The value of a header in lower case, as a number; -1 if the head has none. */
    static long header(byte[] in, int from, int to, byte[] name) {
        int at = indexOfHeader(in, from, to, name);
        if (at < 0) {
            return -1;
        }
        long value = 0;
        for (int i = at; i < to && in[i] != '\r'; i++) {
            if (in[i] >= '0' && in[i] <= '9') {
                value = value * 10 + in[i] - '0';
            }
        }
        return value;
    }

    /** Where a header's value begins; -1 if the head has none. The name is "\nname:" in lower case. */
    static int indexOfHeader(byte[] in, int from, int to, byte[] name) {
        for (int i = from; i <= to - name.length; i++) {
            if (in[i] == '\n' && matchesLower(in, i, name)) {
                return i + name.length;
            }
        }
        return -1;
    }

    private static boolean matches(byte[] in, int at, byte[] what) {
        for (int i = 1; i < what.length; i++) {
            if (in[at + i] != what[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean matchesLower(byte[] in, int at, byte[] what) {
        for (int i = 1; i < what.length; i++) {
            byte b = in[at + i];
            if ((b >= 'A' && b <= 'Z' ? b + 32 : b) != what[i]) {
                return false;
            }
        }
        return true;
    }
}
