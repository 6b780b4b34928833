package dev.katra.shell.channel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An IncomingRequest gathers a request from the bytes of a connection as they come: a head of limited length, and a body
 * for which it reserves memory step by step and never for what is only announced. A body that is too large, or for
 * which there is no memory, is taken to its end and dropped, because a caller that is still sending does not see an
 * answer.
 */
final class IncomingRequest implements AutoCloseable {

    private static final int MAX_HEAD = 64 * 1024;
    private static final int MAX_BODY = CommandRequest.MAX_INPUT_BYTES + 16 * 1024 * 1024;
    private static final int FIRST_STEP = 16 * 1024;

    private final MemoryBudget memory;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Map<String, String> headers = new HashMap<>();
    private @Nullable String first;
    private int headLength;
    private boolean inBody;
    private long missing;
    private byte[] body = {};
    private int received;
    private @Nullable Refusal refusal;

    IncomingRequest(MemoryBudget memory) {
        this.memory = memory;
    }

    /**
     * Takes what is there of the request and leaves what follows it.
     *
     * @return whether the request is whole
     * @throws IOException if it is not a request
     */
    boolean take(ByteBuffer bytes) throws IOException {
        while (!inBody && bytes.hasRemaining()) {
            takeHead(bytes.get());
        }
        if (inBody && missing > 0) {
            takeBody(bytes);
        }
        return inBody && missing == 0;
    }

    /** Returns whether nothing of the request has come yet. */
    boolean isUntouched() {
        return headLength == 0;
    }

    /** Returns why the request is refused, once it is whole; null if it is not. */
    @Nullable
    Refusal refusal() {
        return refusal;
    }

    /** Returns the request, once it is whole; empty if an empty line came instead, by which a caller ends. */
    Optional<PrivateRequest> request() throws IOException {
        if (first == null) {
            return Optional.empty();
        }
        int space = first.lastIndexOf(" HTTP/1.");
        if (space < 0) {
            throw new IOException("no request");
        }
        return Optional.of(new PrivateRequest(first.substring(0, space), headers, ByteBuffer.wrap(body)));
    }

    private void takeHead(byte b) throws IOException {
        if (++headLength > MAX_HEAD) {
            throw new IOException("a head without end");
        }
        if (b == '\n') {
            endLine(line.toString(StandardCharsets.UTF_8));
            line.reset();
        } else if (b != '\r') {
            line.write(b);
        }
    }

    private void endLine(String text) throws IOException {
        if (text.isEmpty()) {
            inBody = true;
            missing = bodyLength();
            refusal = missing > MAX_BODY ? Refusal.TOO_LARGE : null;
        } else if (first == null) {
            first = text;
        } else {
            addHeader(text);
        }
    }

    private void addHeader(String text) throws IOException {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IOException("no head of a request");
        }
        headers.put(
                text.substring(0, colon).toLowerCase(java.util.Locale.ROOT),
                text.substring(colon + 1).strip());
    }

    private long bodyLength() throws IOException {
        try {
            long length = Long.parseLong(headers.getOrDefault("content-length", "0"));
            if (length < 0) {
                throw new IOException("a body of " + length + " bytes");
            }
            return length;
        } catch (NumberFormatException e) {
            throw new IOException("no length", e);
        }
    }

    private void takeBody(ByteBuffer bytes) {
        int some = (int) Math.min(missing, bytes.remaining());
        if (refusal == null && !makeRoom(some)) {
            refusal = Refusal.NO_MEMORY;
            close();
        }
        if (refusal == null) {
            bytes.get(body, received, some);
            received += some;
        } else {
            bytes.position(bytes.position() + some);
        }
        missing -= some;
    }

    private boolean makeRoom(int more) {
        int needed = received + more;
        if (needed <= body.length) {
            return true;
        }
        long wanted = Math.max(needed, Math.max(FIRST_STEP, 2L * body.length));
        int length = (int) Math.min(wanted, received + missing);
        if (!memory.reserve(length - body.length)) {
            return false;
        }
        body = Arrays.copyOf(body, length);
        return true;
    }

    /** Releases the memory of the body. */
    @Override
    public void close() {
        memory.release(body.length);
        body = new byte[0];
        received = 0;
    }
}
