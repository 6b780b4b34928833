package dev.katra.shell.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends requests byte by byte as they are given, and reads what comes back until the server ends the connection. */
final class RawHttp {

    private static final int PATIENCE_MILLIS = 20_000;

    private RawHttp() {}

    /**
     * An answer.
     *
     * @param head the status line and the headers, in lower case
     */
    record Answer(int status, String head, String body) {

        JsonNode json() {
            assertThat(head).contains("content-type: application/json");
            return JsonMapper.shared().readTree(body);
        }
    }

    /** Asks over loopback. */
    static Answer ask(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return answer(socket.getInputStream().readAllBytes());
        }
    }

    /** Asks over a Unix socket, and says that nothing more will come. */
    static Answer ask(Path path, String request) throws IOException {
        return answer(exchange(path, request.getBytes(StandardCharsets.UTF_8)));
    }

    /** The bytes that come back over a Unix socket. */
    static byte[] exchange(Path path, byte[] request) throws IOException {
        try (SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            ByteBuffer bytes = ByteBuffer.wrap(request);
            while (bytes.hasRemaining()) {
                socket.write(bytes);
            }
            socket.shutdownOutput();
            return all(socket);
        }
    }

    private static byte[] all(SocketChannel socket) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer piece = ByteBuffer.allocate(16 * 1024);
        try (Selector selector = Selector.open()) {
            socket.configureBlocking(false);
            socket.register(selector, SelectionKey.OP_READ);
            while (socket.read(piece) >= 0) {
                all.write(piece.array(), 0, piece.position());
                if (piece.position() == 0 && selector.select(PATIENCE_MILLIS) == 0) {
                    throw new SocketTimeoutException("nothing came for " + PATIENCE_MILLIS + " ms");
                }
                selector.selectedKeys().clear();
                piece.clear();
            }
        }
        return all.toByteArray();
    }

    private static Answer answer(byte[] bytes) {
        String all = new String(bytes, StandardCharsets.UTF_8);
        assertThat(all).doesNotContainIgnoringCase("tomcat", "apache", "<html", "exception", "java.", "dev.katra");
        String[] parts = all.split("\r\n\r\n", 2);
        assertThat(parts).as(all).hasSize(2);
        return new Answer(Integer.parseInt(parts[0].split(" ", 3)[1]), parts[0].toLowerCase(Locale.ROOT), parts[1]);
    }
}
