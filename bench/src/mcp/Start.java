import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/** Waits until a server's process serves. */
final class Start {

    private static final long LIMIT = TimeUnit.SECONDS.toNanos(90);
    private static final long AGAIN_MILLIS = 2;

    private Start() {}

    /** The seconds from the start until the first {@code initialize} that succeeds. */
    static double await(URI url, String token, Process process, long started) throws IOException {
        while (process.isAlive() && System.nanoTime() - started < LIMIT) {
            try (Mcp first = new Mcp(url, token)) {
                return first.shakenHands(started);
            } catch (ConnectException e) {
                pause();
            }
        }
        throw new IOException("a server did not start: " + process.info().commandLine().orElse(""));
    }

    static void pause() throws IOException {
        pause(AGAIN_MILLIS);
    }

    static void pause(long millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    /** Ends a process that was started here. */
    static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }
}
