package dev.katra.shell.channel;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/** Writes frames as lines of JSON, sends each at once, and notices when nobody reads them. */
final class FrameWriter {

    private static final long HEARTBEAT_NANOS = 1_000_000_000L;

    private final OutputStream target;
    private final JsonMapper json;
    private boolean broken;
    private long lastWrite = System.nanoTime();

    FrameWriter(OutputStream target, JsonMapper json) {
        this.target = target;
        this.json = json;
    }

    synchronized void write(Frame frame) {
        if (broken) {
            return;
        }
        try {
            target.write((json.writeValueAsString(frame) + "\n").getBytes(StandardCharsets.UTF_8));
            target.flush();
            lastWrite = System.nanoTime();
        } catch (IOException e) {
            broken = true;
        }
    }

    /**
     * Returns whether a write has failed. A silent connection shows that only when it is written to, so this writes an
     * empty frame if nothing else was written for a second.
     */
    synchronized boolean isDisconnected() {
        if (!broken && System.nanoTime() - lastWrite > HEARTBEAT_NANOS) {
            write(Frame.ALIVE);
        }
        return broken;
    }

    /** Returns a writer that sends its text as a frame at every flush. */
    Writer stream(Function<String, Frame> framing) {
        return new Writer() {
            private final StringBuilder pending = new StringBuilder();

            @Override
            public void write(char[] text, int from, int length) {
                synchronized (pending) {
                    pending.append(text, from, length);
                }
            }

            @Override
            public void flush() {
                String text;
                synchronized (pending) {
                    text = pending.toString();
                    pending.setLength(0);
                }
                if (!text.isEmpty()) {
                    FrameWriter.this.write(framing.apply(text));
                }
            }

            @Override
            public void close() {
                flush();
            }
        };
    }
}
