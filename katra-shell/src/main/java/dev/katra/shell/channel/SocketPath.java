package dev.katra.shell.channel;

import dev.katra.core.home.PrivateFiles;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A SocketPath is a path to a Unix socket that is short enough for an address, which holds about a hundred bytes: the
 * socket's own path, or one through a symbolic link in a folder that only this process knows, which is deleted when
 * this is closed. The socket itself lies where it should.
 */
public final class SocketPath implements AutoCloseable {

    private static final int MAX_PATH_BYTES = 100;
    private static final Path SHORT = Path.of("/tmp");

    private final Path path;
    private final @Nullable Path link;

    private SocketPath(Path path, @Nullable Path link) {
        this.path = path;
        this.link = link;
    }

    static SocketPath to(Path socket) throws IOException {
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_PATH_BYTES) {
            return new SocketPath(socket, null);
        }
        Path folder = Files.createTempDirectory(SHORT, "katra"); // of mode 0700
        Path link = Files.createSymbolicLink(folder.resolve("run"), socket.getParent());
        return new SocketPath(link.resolve(socket.getFileName()), link);
    }

    /**
     * Listens on a socket of mode 0600. It removes the file that a killed server has left there, so it must be called
     * by the process that holds the home's lock.
     */
    public static ServerSocketChannel listen(Path socket, int backlog) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try (SocketPath path = to(socket)) {
            Files.deleteIfExists(socket);
            server.bind(path.address(), backlog);
            PrivateFiles.restrict(socket);
            return server;
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
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
