package dev.katra.gateway.mock;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client's connection, in HTTP/1.1, which knows at any time whether the client is still there. */
final class Connection implements Closeable {

    private static final int LOOK = 20;

    private final Socket socket;
    private final int number;
    private final PushbackInputStream in;
    private final OutputStream out;
    private boolean chunked;

    Connection(Socket socket, int number) throws IOException {
        socket.setTcpNoDelay(true);
        this.socket = socket;
        this.number = number;
        this.in = new PushbackInputStream(new BufferedInputStream(socket.getInputStream()));
        this.out = socket.getOutputStream();
    }

    /** The client has gone. */
    static final class Left extends IOException {

        private static final long serialVersionUID = 1L;

        Left(@Nullable Throwable cause) {
            super("the client has gone", cause);
        }
    }

    /** The next request; null if there is none any more. */
    @Nullable
    RecordedRequest read() throws IOException {
        String[] request = line().split(" ", -1);
        if (request.length != 3 || !request[2].startsWith("HTTP/1.")) {
            return null;
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            String name = line.substring(0, Math.max(0, colon)).strip().toLowerCase(Locale.ROOT);
            headers.merge(name, line.substring(colon + 1).strip(), (one, other) -> one + "\n" + other);
        }
        if (headers.getOrDefault("expect", "").equalsIgnoreCase("100-continue")) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        byte[] body = headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")
                ? chunks()
                : in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new RecordedRequest(request[0], request[1], headers, body, number);
    }

    /** Begins a response; a negative length is one that nobody knows yet. */
    void begin(int status, Map<String, String> headers, long length) throws Left {
        chunked = length < 0;
        var head = new StringBuilder("HTTP/1.1 ").append(status).append(" Mock\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append(chunked ? "transfer-encoding: chunked" : "content-length: " + length);
        send(head.append("\r\n\r\n").toString().getBytes(StandardCharsets.UTF_8));
    }

    void write(byte[] bytes) throws Left {
        if (bytes.length == 0) {
            return;
        }
        if (!chunked) {
            send(bytes);
            return;
        }
        var chunk = new ByteArrayOutputStream();
        chunk.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        chunk.writeBytes(bytes);
        chunk.writeBytes(new byte[] {'\r', '\n'});
        send(chunk.toByteArray());
    }

    void end() throws Left {
        if (chunked) {
            send("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Waits for the latch, or at most so long. */
    void await(CountDownLatch latch, long millis) throws Left, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (latch.getCount() > 0 && System.nanoTime() < deadline) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            int look = (int) Math.max(1, Math.min(LOOK, left));
            if (listen(look)) {
                latch.await(look, TimeUnit.MILLISECONDS);
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Listens for so long; whether the client has sent something, which stays to be read. */
    private boolean listen(int millis) throws Left {
        try {
            socket.setSoTimeout(millis);
            int next = in.read();
            if (next < 0) {
                throw new Left(null);
            }
            in.unread(next);
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (Left e) {
            throw e;
        } catch (IOException e) {
            throw new Left(e);
        } finally {
            untimed();
        }
    }

    private void untimed() throws Left {
        try {
            socket.setSoTimeout(0);
        } catch (IOException e) {
            throw new Left(e);
        }
    }

    private void send(byte[] bytes) throws Left {
        try {
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            throw new Left(e);
        }
    }

    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        for (int size = size(); size > 0; size = size()) {
            body.writeBytes(in.readNBytes(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private int size() throws IOException {
        return Integer.parseInt(line().split(";", -1)[0].strip(), 16);
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }
}
