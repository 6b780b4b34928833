import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** One keep-alive connection. A call leaves its answer's status, body and times in it, and makes no objects. */
final class Client implements AutoCloseable {

    private static final byte[] HEAD_END = Bytes.of("\r\n\r\n");
    private static final byte[] LENGTH = Bytes.of("\ncontent-length:");
    private static final byte[] CODING = Bytes.of("\ntransfer-encoding:");
    private static final byte[] CLOSE = Bytes.of("\nconnection: close");
    private static final byte[] CONTENT = Bytes.of("\"content_block_delta\"");

    private static final int NO_CONTENT = 204;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] raw = new byte[64 * 1024];
    private int at;
    private int end;
    private long lastRead;

    /** The answer to the last call. */
    int status;

    /** Its status line and headers, if they are wanted. */
    String head = "";

    boolean keepsHead;
    byte[] body = new byte[64 * 1024];
    int length;
    boolean closes;
    /** Nanoseconds from the first byte sent to the first piece of streamed content (0 if none came), and to the end. */
    long content;

    long total;

    Client(String host, int port) throws IOException {
        socket = new Socket(host, port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(30_000);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    /** The value of a header of the last answer, by its name in lower case; empty if it has none. */
    String header(String name) {
        for (String line : head.split("\r\n")) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).toLowerCase(Locale.ROOT).equals(name)) {
                return line.substring(colon + 1).strip();
            }
        }
        return "";
    }

    /** The body of the last answer. */
    String text() {
        return new String(body, 0, length, StandardCharsets.UTF_8);
    }

    void call(byte[] request) throws IOException {
        at = end = length = 0;
        content = 0;
        long sent = System.nanoTime();
        out.write(request);
        fill(sent);
        int head;
        while ((head = Bytes.indexOf(raw, 0, end, HEAD_END)) < 0) {
            fill(sent);
        }
        head += HEAD_END.length;
        status = (raw[9] - '0') * 100 + (raw[10] - '0') * 10 + raw[11] - '0';
        closes = Bytes.indexOfHeader(raw, 0, head, CLOSE) >= 0;
        if (keepsHead) {
            this.head = new String(raw, 0, head, StandardCharsets.US_ASCII);
        }
        at = head;
        if (Bytes.indexOfHeader(raw, 0, head, CODING) >= 0) {
            chunks(sent);
        } else {
            long expected = status == NO_CONTENT ? 0 : Bytes.header(raw, 0, head, LENGTH);
            if (expected < 0) {
                throw new IOException("an answer without length (status " + status + ")");
            }
            copy((int) expected, sent);
        }
        look(sent);
        total = lastRead - sent;
    }

    private void chunks(long sent) throws IOException {
        while (true) {
            int size = 0;
            int b;
            while ((b = next(sent)) != '\r') {
                size = size * 16 + Character.digit(b, 16);
            }
            next(sent);
            if (size == 0) {
                next(sent);
                next(sent);
                return;
            }
            copy(size, sent);
            next(sent);
            next(sent);
        }
    }

    private void copy(int count, long sent) throws IOException {
        if (length + count > body.length) {
            body = Arrays.copyOf(body, Math.max(body.length * 2, length + count));
        }
        int left = count;
        while (left > 0) {
            if (at == end) {
                fill(sent);
            }
            int part = Math.min(left, end - at);
            System.arraycopy(raw, at, body, length, part);
            at += part;
            length += part;
            left -= part;
        }
    }

    private int next(long sent) throws IOException {
        if (at == end) {
            fill(sent);
        }
        return raw[at++];
    }

    private void fill(long sent) throws IOException {
        look(sent);
        if (at == end) {
            at = end = 0;
        }
        int read = in.read(raw, end, raw.length - end);
        if (read < 0) {
            throw new EOFException("the connection was closed in an answer");
        }
        lastRead = System.nanoTime();
        end += read;
    }

    private void look(long sent) {
        if (content == 0 && length > 0 && Bytes.indexOf(body, 0, length, CONTENT) >= 0) {
            content = lastRead - sent;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
