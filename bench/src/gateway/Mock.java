import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** The mock upstream's own words: how long its streams rest, what it has seen. */
final class Mock {

    /** How often it was connected to, and asked. */
    record Seen(long connections, long requests) {}

    private final URI url;

    Mock(URI url) {
        this.url = url;
    }

    Seen seen() throws IOException {
        return ask("");
    }

    void pause(int millis) throws IOException {
        ask("?pause=" + millis);
    }

    private Seen ask(String query) throws IOException {
        try (Client client = new Client(url.getHost(), url.getPort())) {
            client.call(Bytes.of("GET /control" + query + " HTTP/1.1\r\nhost: " + url.getAuthority() + "\r\n\r\n"));
            String[] counts = new String(client.body, 0, client.length, StandardCharsets.US_ASCII)
                    .strip()
                    .split(" ");
            return new Seen(Long.parseLong(counts[0]), Long.parseLong(counts[1]));
        }
    }
}
