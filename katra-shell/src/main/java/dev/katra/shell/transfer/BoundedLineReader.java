package dev.katra.shell.transfer;

import dev.katra.core.failure.Failure;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.ObjIntConsumer;

/** Reads the lines of a text of any size, one after the other. None is held that is longer than it may be. */
final class BoundedLineReader {

    private static final String BYTE_ORDER_MARK = "\ufeff";

    private final String name;
    private final int mebibytes;
    private final ImportBatch batch;
    private final ObjIntConsumer<String> line;

    private BoundedLineReader(String name, int mebibytes, ImportBatch batch, ObjIntConsumer<String> line) {
        this.name = name;
        this.mebibytes = mebibytes;
        this.batch = batch;
        this.line = line;
    }

    /**
     * Hands in each line without its end, with its number from 1 on, and tells of those that are too long or not UTF-8.
     *
     * @param mebibytes the maximum length of a line
     * @throws Failure INVALID if the first line is not UTF-8
     */
    static void each(InputStream text, String name, int mebibytes, ImportBatch intake, ObjIntConsumer<String> line)
            throws IOException {
        new BoundedLineReader(name, mebibytes, intake, line).each(text);
    }

    private void each(InputStream text) throws IOException {
        int longest = mebibytes * 1024 * 1024;
        try (InputStream in = new BufferedInputStream(text, 64 * 1024)) {
            ByteArrayOutputStream current = new ByteArrayOutputStream();
            int number = 1;
            boolean tooLong = false;
            for (int c = in.read(); c >= 0; c = in.read()) {
                if (c == '\n') { // which in UTF-8 is part of nothing else
                    end(current, number++, tooLong);
                    current.reset();
                    tooLong = false;
                } else if (current.size() < longest) {
                    current.write(c);
                } else {
                    tooLong = true;
                }
            }
            if (current.size() > 0) {
                end(current, number, tooLong);
            }
        }
    }

    private void end(ByteArrayOutputStream bytes, int number, boolean tooLong) {
        if (tooLong) {
            batch.refuse(
                    place(name, number),
                    Failure.invalid("it is longer than " + mebibytes + " MiB").hint("a memory is 64 KiB at most"));
            return;
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            if (number == 1) {
                throw notUtf8(name).cause(e);
            }
            batch.refuse(place(name, number), notUtf8("it"));
            return;
        }
        int from = number == 1 && text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
        int to = text.length() - (text.endsWith("\r") ? 1 : 0);
        line.accept(text.substring(Math.min(from, to), to), number);
    }

    private static Failure notUtf8(String what) {
        return Failure.invalid(what + " is not text in UTF-8").hint("convert the file: iconv -t UTF-8");
    }

    /** Returns the place of a line, for messages. */
    static String place(String name, int number) {
        return name + ", line " + number;
    }
}
