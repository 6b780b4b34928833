import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** POST requests with a session's token over one connection that is kept alive. */
final class Posts implements AutoCloseable {

    private final Client client;
    private final String head;

    Posts(URI server, String path, String token, String headers) throws IOException {
        client = new Client(server.getHost(), server.getPort());
        head = "POST " + path + " HTTP/1.1\r\nhost: " + server.getAuthority() + "\r\nauthorization: Bearer " + token
                + "\r\ncontent-type: application/json\r\n" + headers;
    }

    /** Sends the body; the nanoseconds until the last byte of an answer of this status. */
    long post(String extraHeaders, String body, int status) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        byte[] start = Bytes.of(head + extraHeaders + "content-length: " + bytes.length + "\r\n\r\n");
        byte[] request = java.util.Arrays.copyOf(start, start.length + bytes.length);
        System.arraycopy(bytes, 0, request, start.length, bytes.length);
        client.call(request);
        if (client.status != status) {
            throw new Fault("status " + client.status + " instead of " + status, client.text());
        }
        if (client.closes) {
            throw new Fault("the connection is not kept alive", client.text());
        }
        return client.total;
    }

    Client client() {
        return client;
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
