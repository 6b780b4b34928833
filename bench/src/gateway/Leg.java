import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * One way to the upstream.
 *
 * @param pid the process between client and upstream; 0 if there is none
 */
record Leg(String name, URI url, long pid, byte[] plain, byte[] streamed) {

    static final String DIRECT = "direct";
    static final String KATRA = "katra";
    static final String KATRA_RESPONSES = "katra-responses";
    static final String CCR = "ccr";

    /** Reads {@code NAME,URL,PID,TOKEN-FILE}; the last may be empty. */
    static Leg parse(String argument, Payload payload) throws IOException {
        String[] parts = argument.split(",", 4);
        URI url = URI.create(parts[1]);
        String token =
                parts[3].isEmpty() ? "" : Files.readString(Path.of(parts[3])).strip();
        return new Leg(
                parts[0],
                url,
                Long.parseLong(parts[2]),
                payload.request(url, token, false),
                payload.request(url, token, true));
    }

    byte[] request(boolean stream) {
        return stream ? streamed : plain;
    }

    /** claude-code-router loses a stream's count when it comes together with the end, so it is not asked for it. */
    Judge judge() {
        return new Judge(!name.equals(CCR));
    }

    Client connect() throws IOException {
        return new Client(url.getHost(), url.getPort());
    }

    /** The processor time that the process has used so far. */
    Duration cpu() {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }
}
