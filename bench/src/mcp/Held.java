import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Waiters of sessions, as many as there are tokens, each with its request held by the server, and asking again when the
 * server lets it go; looked at by one thread.
 */
final class Held implements AutoCloseable {

    private static final String WOKEN = "Katra: mail for you.";

    /** One of them. */
    private static final class Wait {
        private final SocketChannel channel;
        private final String head;
        private final StringBuilder answer = new StringBuilder();
        private long answeredAt;

        Wait(SocketChannel channel, String head) {
            this.channel = channel;
            this.head = head;
        }

        void ask(String body) throws IOException {
            answer.setLength(0);
            channel.write(ByteBuffer.wrap((head + "content-length: " + body.length() + "\r\n\r\n" + body)
                    .getBytes(StandardCharsets.US_ASCII)));
        }
    }

    private final Selector selector = Selector.open();
    private final List<Wait> waits = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(8192);

    /** Sends a request for each, as the client does when a turn is over. */
    Held(URI server, List<String> tokens) throws IOException {
        String body = "{\"hook_event_name\":\"Stop\",\"session_id\":\"bench\",\"stop_hook_active\":false}";
        for (String token : tokens) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(server.getHost(), server.getPort()));
            String head = "POST /hooks/wait HTTP/1.1\r\nhost: " + server.getAuthority() + "\r\nauthorization: Bearer "
                    + token + "\r\ncontent-type: application/json\r\n";
            Wait wait = new Wait(channel, head);
            wait.ask(body);
            channel.configureBlocking(false);
            waits.add(wait);
            channel.register(selector, SelectionKey.OP_READ, wait);
        }
    }

    /** Takes answers until this time of {@link System#nanoTime}, or until all have theirs; how many have it. */
    int awaitUntil(long deadline) throws IOException {
        long left;
        int answered = answered();
        while (answered < waits.size() && (left = deadline - System.nanoTime()) > 0) {
            selector.select(Math.max(1, left / 1_000_000));
            long now = System.nanoTime();
            for (SelectionKey key : selector.selectedKeys()) {
                answered += take((Wait) key.attachment(), now) ? 1 : 0;
            }
            selector.selectedKeys().clear();
        }
        return answered;
    }

    private boolean take(Wait wait, long now) throws IOException {
        buffer.clear();
        if (wait.channel.read(buffer) < 0) {
            throw new Fault("the server has broken off a wait", wait.answer.toString());
        }
        wait.answer.append(StandardCharsets.UTF_8.decode(buffer.flip()));
        if (wait.answer.toString().startsWith("HTTP/1.1 204") && wait.answer.indexOf("\r\n\r\n") > 0) {
            wait.ask("{}"); // nothing for the longest time that the server holds a request
            return false;
        }
        if (!wait.answer.toString().startsWith("HTTP/1.1 20")) {
            throw new Fault("a wait was not answered with 200 or 204", wait.answer.toString());
        }
        if (wait.answeredAt == 0 && wait.answer.indexOf(WOKEN) > 0) {
            wait.answeredAt = now;
            return true;
        }
        return false;
    }

    private int answered() {
        return (int) waits.stream().filter(wait -> wait.answeredAt > 0).count();
    }

    /** When they were answered, each after this time. */
    Sample since(long start) {
        Sample sample = new Sample(waits.size());
        waits.forEach(wait -> sample.add(Math.max(0, wait.answeredAt - start)));
        return sample;
    }

    @Override
    public void close() throws IOException {
        for (Wait wait : waits) {
            wait.channel.close();
        }
        selector.close();
    }
}
