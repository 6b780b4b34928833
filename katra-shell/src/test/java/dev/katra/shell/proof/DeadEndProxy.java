package dev.katra.shell.proof;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A proxy on loopback that keeps the head of every request, and passes none on. */
final class DeadEndProxy implements AutoCloseable {

    private static final byte[] ANSWER = "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);

    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    private final ExecutorService threads = Executors.newCachedThreadPool();

    DeadEndProxy() throws IOException {
        threads.execute(this::serve);
    }

    String uri() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    /** The request line and the headers of all that came, each as one text. */
    List<String> heads() {
        return List.copyOf(heads);
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }

    private void serve() {
        try {
            while (true) {
                Socket client = socket.accept();
                threads.execute(() -> refuse(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void refuse(Socket client) {
        try (client) {
            client.setSoTimeout(5_000);
            heads.add(head(client));
            client.getOutputStream().write(ANSWER);
        } catch (IOException e) {
            // it has gone
        }
    }

    private static String head(Socket client) throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
        StringBuilder head = new StringBuilder();
        for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
            head.append(line).append('\n');
        }
        return head.toString();
    }
}
