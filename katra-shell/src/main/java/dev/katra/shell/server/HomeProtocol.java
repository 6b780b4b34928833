package dev.katra.shell.server;

import dev.katra.shell.channel.SocketPath;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * Serves HTTP on the home's port or on a socket in the home. A {@link PortHolder} of the same user may hold the port
 * too. Nobody else can bind it, and a server binds it together with a holder only where that is its own home's: two
 * servers on one port would share their callers. The socket's path may be longer than an address can be.
 */
public final class HomeProtocol extends Http11NioProtocol {

    /** Creates the protocol; Tomcat calls this by the name of the class. */
    public HomeProtocol() {
        super(new HomeEndpoint());
    }

    /** Makes the port be shared with the home's own holder, which has it already. */
    void joinHolder() {
        ((HomeEndpoint) getEndpoint()).sharesPort = true;
    }

    /** Listens on the home's socket again if somebody has removed it. */
    void reopenIfRemoved() throws IOException {
        ((HomeEndpoint) getEndpoint()).reopenIfRemoved();
    }

    private static final class HomeEndpoint extends NioEndpoint {

        private boolean sharesPort;
        private volatile @Nullable ServerSocketChannel channel;

        @Override
        protected void initServerSocket() throws IOException {
            String socket = getUnixDomainSocketPath();
            channel = socket == null ? port() : SocketPath.listen(Path.of(socket), getAcceptCount());
        }

        private ServerSocketChannel port() throws IOException {
            ServerSocketChannel opened = ServerSocketChannel.open();
            try {
                socketProperties.setProperties(opened.socket());
                boolean shares = opened.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT);
                if (sharesPort && shares) {
                    opened.setOption(StandardSocketOptions.SO_REUSEPORT, true);
                }
                bind(opened);
                if (shares) {
                    opened.setOption(StandardSocketOptions.SO_REUSEPORT, true); // from now on, for a holder
                }
                return opened;
            } catch (IOException | RuntimeException e) {
                opened.close();
                throw e;
            }
        }

        /**
         * Binds the port, and tries again for a while: a server that was killed a moment ago holds it until the system
         * has it ended.
         */
        private void bind(ServerSocketChannel opened) throws IOException {
            for (long tries = KatraServer.KILL_MILLIS / KatraServer.POLL_MILLIS; ; tries--) {
                try {
                    opened.bind(new InetSocketAddress(getAddress(), getPortWithOffset()), getAcceptCount());
                    return;
                } catch (BindException e) {
                    if (tries <= 0) {
                        throw e;
                    }
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(KatraServer.POLL_MILLIS));
                }
            }
        }

        private void reopenIfRemoved() throws IOException {
            String socket = getUnixDomainSocketPath();
            ServerSocketChannel old = channel;
            if (socket != null && old != null && !Files.exists(Path.of(socket))) {
                channel = SocketPath.listen(Path.of(socket), getAcceptCount());
                old.close();
            }
        }

        @Override
        protected SocketChannel serverSocketAccept() throws IOException {
            while (true) {
                ServerSocketChannel open = Objects.requireNonNull(channel);
                try {
                    return open.accept();
                } catch (ClosedChannelException e) {
                    if (open == channel) {
                        throw e;
                    }
                }
            }
        }

        @Override
        protected @Nullable NetworkChannel getServerSocket() {
            return channel;
        }

        @Override
        protected void doCloseServerSocket() throws IOException {
            ServerSocketChannel open = channel;
            channel = null;
            if (open != null) {
                open.close();
            }
        }
    }
}
