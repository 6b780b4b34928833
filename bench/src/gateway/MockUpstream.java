import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An upstream that costs next to nothing: one thread per connection, answers built beforehand, of a request only its path,
 * its length and {@code "stream":true} are looked at. {@code MockUpstream PORT-FILE} writes its port there.
 *
 * <p>{@code GET /control?pause=N} sets how many milliseconds a stream rests after its first piece of text, and answers
 * with the number of connections and requests so far.
 */
final class MockUpstream {

    private static final byte[] HEAD_END = Bytes.of("\r\n\r\n");
    private static final byte[] LENGTH = Bytes.of("\ncontent-length:");
    private static final byte[] CODING = Bytes.of("\ntransfer-encoding:");
    private static final byte[] STREAM = Bytes.of("\"stream\":true");
    private static final byte[] LAST_CHUNK = Bytes.of("\r\n0\r\n\r\n");
    private static final byte[] PAUSE = Bytes.of("pause=");
    private static final byte[] CONTROL = Bytes.of("/control");

    private static final byte[][] PATHS = {
        Bytes.of("/v1/chat/completions"), Bytes.of("/v1/responses"), Bytes.of("/v1/messages")
    };
    private static final Answers.Answer[] WHOLE = {Answers.chat(), Answers.responses(), Answers.messages()};
    private static final Answers.Answer[] STREAMS = {
        Answers.chatStream(), Answers.responsesStream(), Answers.messagesStream()
    };

    private static final AtomicLong CONNECTIONS = new AtomicLong();
    private static final AtomicLong REQUESTS = new AtomicLong();
    private static volatile int pause;

    public static void main(String[] arguments) throws IOException {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        try (ServerSocket server = new ServerSocket(0, 256, loopback)) {
            Path file = Path.of(arguments[0]);
            Path fresh = Path.of(arguments[0] + ".new");
            Files.writeString(fresh, server.getLocalPort() + "\n");
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            while (true) {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                CONNECTIONS.incrementAndGet();
                Thread thread = new Thread(null, () -> serve(socket), "connection", 256 * 1024);
                thread.setDaemon(true);
                thread.start();
            }
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            new Connection(socket).serve();
        } catch (EOFException e) {
            // the client is done
        } catch (IOException | InterruptedException e) {
            System.err.println("mock upstream: " + e);
        }
    }

    private static final class Connection {
        private final InputStream in;
        private final OutputStream out;
        private byte[] buffer = new byte[128 * 1024];
        private int end;

        Connection(Socket socket) throws IOException {
            in = socket.getInputStream();
            out = socket.getOutputStream();
        }

        void serve() throws IOException, InterruptedException {
            while (true) {
                int head = until(HEAD_END, 0) + HEAD_END.length;
                long length = Bytes.header(buffer, 0, head, LENGTH);
                int total;
                if (Bytes.indexOfHeader(buffer, 0, head, CODING) >= 0) {
                    total = until(LAST_CHUNK, head - 2) + LAST_CHUNK.length;
                } else {
                    total = head + (int) Math.max(length, 0);
                    while (end < total) {
                        fill();
                    }
                }
                int line = Bytes.indexOf(buffer, 0, head, new byte[] {'\r'});
                answer(line, head, total);
                System.arraycopy(buffer, total, buffer, 0, end - total);
                end -= total;
            }
        }

        private void answer(int line, int head, int total) throws IOException, InterruptedException {
            for (int i = 0; i < PATHS.length; i++) {
                if (Bytes.indexOf(buffer, 0, line, PATHS[i]) >= 0) {
                    REQUESTS.incrementAndGet();
                    boolean stream = Bytes.lastIndexOf(buffer, head, total, STREAM) >= 0;
                    byte[][] writes = (stream ? STREAMS : WHOLE)[i].writes();
                    for (int w = 0; w < writes.length; w++) {
                        out.write(writes[w]);
                        if (w == 0 && stream && pause > 0) {
                            Thread.sleep(pause);
                        }
                    }
                    return;
                }
            }
            if (Bytes.indexOf(buffer, 0, line, CONTROL) >= 0) {
                int at = Bytes.indexOf(buffer, 0, line, PAUSE);
                if (at >= 0) {
                    int value = 0;
                    for (int i = at + PAUSE.length; buffer[i] >= '0' && buffer[i] <= '9'; i++) {
                        value = value * 10 + buffer[i] - '0';
                    }
                    pause = value;
                }
                String counts = CONNECTIONS.get() + " " + REQUESTS.get() + "\n";
                out.write(Bytes.of("HTTP/1.1 200 OK\r\ncontent-length: " + counts.length() + "\r\n\r\n" + counts));
                return;
            }
            out.write(Bytes.of("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n"));
        }

        /** Reads until the bytes have come, and says where they begin. */
        private int until(byte[] what, int from) throws IOException {
            int searched = from;
            while (true) {
                int at = Bytes.indexOf(buffer, searched, end, what);
                if (at >= 0) {
                    return at;
                }
                searched = Math.max(from, end - what.length + 1);
                fill();
            }
        }

        private void fill() throws IOException {
            if (end == buffer.length) {
                buffer = java.util.Arrays.copyOf(buffer, buffer.length * 2);
            }
            int read = in.read(buffer, end, buffer.length - end);
            if (read < 0) {
                throw new EOFException();
            }
            end += read;
        }
    }
}
