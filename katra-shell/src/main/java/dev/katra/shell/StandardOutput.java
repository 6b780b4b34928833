package dev.katra.shell;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes the process's own standard output, and remembers why it could not be written. */
final class StandardOutput {

    private final PrintWriter writer;
    private volatile @Nullable IOException failure;

    StandardOutput() {
        this(new FileOutputStream(FileDescriptor.out));
    }

    StandardOutput(OutputStream stream) {
        writer = new PrintWriter(
                new OutputStreamWriter(new FailureRecordingStream(stream), StandardCharsets.UTF_8), false);
    }

    PrintWriter writer() {
        return writer;
    }

    /** Returns why something is missing from the output, in the system's words; empty if nothing is. */
    Optional<String> failure() {
        writer.flush();
        return Optional.ofNullable(failure).map(reason -> String.valueOf(reason.getMessage()));
    }

    /** Returns whether the output failed because nobody reads it any more. */
    boolean isUnread() {
        return failure().filter(reason -> reason.contains("Broken pipe")).isPresent();
    }

    private final class FailureRecordingStream extends OutputStream {

        private final OutputStream stream;

        private FailureRecordingStream(OutputStream stream) {
            this.stream = stream;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                stream.write(bytes, from, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }
}
