package dev.katra.launcher.claude;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Reads the lines of a transcript, none of which is held that is longer than 4 MiB. */
final class TranscriptLines {

    /** The maximum length of a line that is read, in bytes; longer ones hold pictures and whole files. */
    private static final int MAX_LINE_BYTES = 4 * 1024 * 1024;

    private final Consumer<String> line;
    private final ByteArrayOutputStream current = new ByteArrayOutputStream();
    private boolean tooLong;

    private TranscriptLines(Consumer<String> line) {
        this.line = line;
    }

    /** Hands in each line, the last one also if it has no end. */
    static void all(InputStream text, Consumer<String> line) throws IOException {
        TranscriptLines lines = new TranscriptLines(line);
        lines.read(text);
        lines.end();
    }

    /** Hands in each line that has an end, and returns how many bytes they have together. */
    static long whole(InputStream text, Consumer<String> line) throws IOException {
        return new TranscriptLines(line).read(text);
    }

    private long read(InputStream text) throws IOException {
        long whole = 0;
        long read = 0;
        try (InputStream in = new BufferedInputStream(text, 64 * 1024)) {
            for (int c = in.read(); c >= 0; c = in.read()) {
                read++;
                if (c == '\n') { // which in UTF-8 is part of nothing else
                    end();
                    whole = read;
                } else if (current.size() < MAX_LINE_BYTES) {
                    current.write(c);
                } else {
                    tooLong = true;
                }
            }
        }
        return whole;
    }

    private void end() {
        if (!tooLong) {
            line.accept(current.toString(StandardCharsets.UTF_8));
        }
        current.reset();
        tooLong = false;
    }
}
