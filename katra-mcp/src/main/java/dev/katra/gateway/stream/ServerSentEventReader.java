package dev.katra.gateway.stream;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Splits a stream of server-sent events into the data of each event, wherever the bytes were cut. It accepts any line
 * end, comments, {@code data:} without a space, and a bare JSON object in place of an event.
 */
public final class ServerSentEventReader {

    private static final int MAX_LINE_BYTES = 64 * 1024 * 1024;

    private final Consumer<List<String>> events;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final List<String> data = new ArrayList<>();
    private boolean afterReturn;
    private boolean first = true;

    /** Creates a reader that passes on the data lines of one event at a time. */
    public ServerSentEventReader(Consumer<List<String>> events) {
        this.events = events;
    }

    /** Takes the next bytes of the stream. */
    public void push(byte[] bytes, int offset, int length) {
        int start = offset;
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            byte b = bytes[i];
            if (b == '\n' || b == '\r') {
                boolean secondHalf = b == '\n' && afterReturn && i == start && line.size() == 0;
                if (!secondHalf) {
                    append(bytes, start, i - start);
                    endLine();
                }
                start = i + 1;
            }
            afterReturn = b == '\r';
        }
        append(bytes, start, end - start);
    }

    /** Ends the stream; what is left is an event too. */
    public void end() {
        if (line.size() > 0) {
            endLine();
        }
        dispatch();
    }

    private void append(byte[] bytes, int offset, int length) {
        if (line.size() + length > MAX_LINE_BYTES) {
            throw new IllegalStateException("an event is longer than " + MAX_LINE_BYTES + " bytes");
        }
        line.write(bytes, offset, length);
    }

    private void endLine() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (first && text.startsWith("\uFEFF")) {
            text = text.substring(1);
        }
        first = false;
        if (text.isEmpty()) {
            dispatch();
        } else if (text.startsWith("data:")) {
            data.add(text.startsWith("data: ") ? text.substring(6) : text.substring(5));
        } else if (text.startsWith("{")) {
            dispatch();
            data.add(text);
            dispatch();
        }
    }

    private void dispatch() {
        if (!data.isEmpty()) {
            List<String> event = List.copyOf(data);
            data.clear();
            events.accept(event);
        }
    }
}
