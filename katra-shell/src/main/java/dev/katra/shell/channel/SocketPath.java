package dev.katra.shell.channel;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A way to a socket that is short enough for an address, which holds about a hundred bytes: its own path, or one through
 * a link in a folder that only this process knows, gone when this is closed. The socket itself lies where it should.
 */
final class SocketPath implements AutoCloseable {

    private static final int LONGEST = 100;
    private static final Path SHORT = Path.of("/tmp");

    private final Path path;
    private final @Nullable Path link;

    private SocketPath(Path path, @Nullable Path link) {
        this.path = path;
        this.link = link;
    }

    static SocketPath to(Path socket) throws IOException {
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST) {
            return new SocketPath(socket, null);
        }
        Path folder = Files.createTempDirectory(SHORT, "katra"); // of mode 0700
        Path link = Files.createSymbolicLink(folder.resolve("run"), socket.getParent());
        return new SocketPath(link.resolve(socket.getFileName()), link);
    }

    UnixDomainSocketAddress address() {
        return UnixDomainSocketAddress.of(path);
    }

    @Override
    public void close() throws IOException {
        if (link != null) {
            Files.deleteIfExists(link);
            Files.deleteIfExists(link.getParent());
        }
    }
}
