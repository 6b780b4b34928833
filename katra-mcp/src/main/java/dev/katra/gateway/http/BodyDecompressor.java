package dev.katra.gateway.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses an answer that comes compressed although the request forbade it, as proxies do, and passes its bytes on
 * as they come. It knows {@code gzip} and {@code deflate}; everything else is passed on unchanged.
 */
final class BodyDecompressor implements BodyReader.Receiver {

    private static final int MAX_HEAD_BYTES = 64 * 1024;
    private static final int HAS_CHECKSUM = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;
    private static final int TRAILER = 8;

    private final BodyReader.Receiver receiver;
    private final boolean gzip;
    private final byte[] out = new byte[16 * 1024];
    private byte[] head = new byte[0];
    private Inflater inflater = new Inflater(true);
    private boolean inside;
    private boolean over;
    private int skip;

    private BodyDecompressor(BodyReader.Receiver receiver, boolean gzip) {
        this.receiver = receiver;
        this.gzip = gzip;
    }

    /** Returns a receiver of bytes in this encoding, as the header {@code Content-Encoding} names it. */
    static BodyReader.Receiver of(String encoding, BodyReader.Receiver receiver) {
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "gzip", "x-gzip" -> new BodyDecompressor(receiver, true);
            case "deflate" -> new BodyDecompressor(receiver, false);
            default -> receiver;
        };
    }

    /** Returns whether an answer in this encoding can be read. */
    static boolean supports(String encoding) {
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity", "gzip", "x-gzip", "deflate" -> true;
            default -> false;
        };
    }

    /** Returns the text of a whole answer in this encoding. */
    static String text(String encoding, byte[] bytes) {
        BufferedBody plain = new BufferedBody();
        try {
            of(encoding, plain).take(bytes, bytes.length);
        } catch (UncheckedIOException | IllegalStateException e) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        return plain.text();
    }

    @Override
    public boolean take(byte[] bytes, int length) {
        if (over) {
            return true; // a checksum
        }
        byte[] all = bytes;
        int end = length;
        int at = 0;
        while (true) {
            if (!inside) {
                head = joined(head, all, at, end - at);
                int size = headSize();
                if (size < 0) {
                    return true; // the rest of the head is to come
                }
                all = head;
                end = head.length;
                at = size;
                head = new byte[0];
                inside = true;
            }
            inflater.setInput(all, at, end - at);
            if (!inflate()) {
                return false;
            }
            if (!inflater.finished()) {
                return true;
            }
            at = end - inflater.getRemaining();
            inflater.end();
            if (!gzip) {
                over = true;
                return true;
            }
            inflater = new Inflater(true); // another member may follow
            inside = false;
            skip = TRAILER;
        }
    }

    private boolean inflate() {
        try {
            while (true) {
                int size = inflater.inflate(out);
                if (size == 0) {
                    return true;
                }
                if (!receiver.take(out, size)) {
                    return false;
                }
            }
        } catch (DataFormatException e) {
            throw new UncheckedIOException(new IOException("the answer is damaged: it cannot be unpacked", e));
        }
    }

    /** Returns the offset of the compressed bytes behind the head; negative as long as the head is not complete. */
    private int headSize() {
        if (head.length > MAX_HEAD_BYTES) {
            throw new UncheckedIOException(new IOException("the answer is damaged: its compression header has no end"));
        }
        if (!gzip) {
            return deflateHead();
        }
        int at = skip;
        if (head.length < at + 10) {
            return -1;
        }
        int flags = head[at + 3];
        at += 10;
        if ((flags & HAS_EXTRA) != 0) {
            if (head.length < at + 2) {
                return -1;
            }
            at += 2 + (head[at] & 0xff) + ((head[at + 1] & 0xff) << 8);
        }
        at = (flags & HAS_NAME) == 0 ? at : afterZero(at);
        at = at < 0 || (flags & HAS_COMMENT) == 0 ? at : afterZero(at);
        if (at >= 0 && (flags & HAS_CHECKSUM) != 0) {
            at += 2;
        }
        return at <= head.length ? at : -1;
    }

    /** Returns the size of the format's own head of two bytes, or 0 where the sender leaves it out. */
    private int deflateHead() {
        if (head.length < 2) {
            return -1;
        }
        boolean wrapped = (head[0] & 0x0f) == 8 && (((head[0] & 0xff) << 8) | (head[1] & 0xff)) % 31 == 0;
        return wrapped ? 2 : 0;
    }

    private int afterZero(int from) {
        for (int i = from; i < head.length; i++) {
            if (head[i] == 0) {
                return i + 1;
            }
        }
        return -1;
    }

    private static byte[] joined(byte[] first, byte[] second, int offset, int length) {
        byte[] all = new byte[first.length + length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(second, offset, all, first.length, length);
        return all;
    }
}
