package dev.katra.gateway.http;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/** Splits the bytes of an event stream into events, as they came: an event ends with an empty line. */
final class EventBytes {

    private final ByteArrayOutputStream event = new ByteArrayOutputStream();
    private int lineLength;
    private int previous = -1;

    /** Takes the next bytes, and hands in each event that they complete. */
    void take(byte[] bytes, int length, Consumer<byte[]> whole) {
        for (int i = 0; i < length; i++) {
            byte b = bytes[i];
            event.write(b);
            boolean secondHalf = b == '\n' && previous == '\r';
            if (b == '\n' || b == '\r') {
                if (lineLength == 0 && !secondHalf) {
                    whole.accept(rest());
                }
                lineLength = 0;
            } else {
                lineLength++;
            }
            previous = b;
        }
    }

    /** Returns the bytes of the event that has begun, and forgets them. */
    byte[] rest() {
        byte[] bytes = event.toByteArray();
        event.reset();
        return bytes;
    }

    /** Returns the number of bytes of the event that has begun. */
    int size() {
        return event.size();
    }
}
