package dev.katra.mcp.room;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;

/** A request whose body's beginning was read already, and is read again by those who come later. */
final class CachedRequest extends HttpServletRequestWrapper {

    private final byte[] beginning;
    private final boolean whole;
    private final InputStream body;

    private CachedRequest(HttpServletRequest request, byte[] beginning, boolean whole, InputStream body) {
        super(request);
        this.beginning = beginning.clone();
        this.whole = whole;
        this.body = body;
    }

    /** Reads no more than this of the body. */
    static CachedRequest of(HttpServletRequest request, int most) throws IOException {
        InputStream rest = request.getInputStream();
        byte[] beginning = rest.readNBytes(most);
        boolean whole = beginning.length < most;
        InputStream first = new ByteArrayInputStream(beginning);
        return new CachedRequest(request, beginning, whole, whole ? first : new SequenceInputStream(first, rest));
    }

    /** The body, or nothing if it is larger than what was read of it. */
    byte[] bytes() {
        return whole ? beginning.clone() : new byte[0];
    }

    @Override
    public ServletInputStream getInputStream() {
        return new Replay(body);
    }

    @Override
    public BufferedReader getReader() {
        return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    private static final class Replay extends ServletInputStream {

        private final InputStream body;
        private boolean finished;

        Replay(InputStream body) {
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            int read = body.read();
            finished = read < 0;
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = body.read(bytes, offset, length);
            finished = read < 0;
            return read;
        }

        @Override
        public boolean isFinished() {
            return finished;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("this body is read by blocking");
        }
    }
}
