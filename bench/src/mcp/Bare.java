import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** The process of {@code BareServer}, the MCP SDK's servlet by itself, with the flags of Katra's server. */
final class Bare implements AutoCloseable {

    private final Process process;
    private final int port = Setting.freePort();
    private final long started = System.nanoTime();

    Bare(Setting setting) throws IOException {
        Path folder = setting.folder().resolve("bare");
        process = new ProcessBuilder(
                        setting.java(true, "BareServer", String.valueOf(port), folder.toString()))
                .redirectErrorStream(true)
                .redirectOutput(setting.folder().resolve("bare.log").toFile())
                .start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Waits for the first handshake that succeeds; the seconds since the process was started. */
    double await() throws IOException {
        return Start.await(url(), "none", process, started);
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        Start.end(process);
    }
}
