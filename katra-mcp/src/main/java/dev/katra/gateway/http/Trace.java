package dev.katra.gateway.http;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.core.home.PrivateFiles;
import dev.katra.gateway.failure.Redaction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the bodies of one request into files, for a person who looks for a fault: what the client sent, what went to
 * the endpoint, what came back, and what the client got. Keys, and text that looks like one, are removed. Only sessions
 * that were started with {@code --trace} have a trace.
 */
class Trace {

    /** The trace that writes nothing. */
    static final Trace NONE = new Trace();

    void clientRequest(byte[] body) {}

    void upstreamRequest(String path, byte[] body) {}

    void upstreamStatus(int status) {}

    void upstreamBytes(byte[] bytes, int length) {}

    void answerBytes(byte[] bytes) {}

    void over() {}

    /** Returns a trace of the next request of a session, in the folder {@code trace} of the session. */
    static Trace into(KatraHome home, String uid, RequestKey credential) {
        return new FileTrace(home.session(uid).resolve("trace"), credential);
    }

    /** Writes four files, numbered by request. */
    private static final class FileTrace extends Trace {

        private static final Logger LOG = LoggerFactory.getLogger(Trace.class);
        private static final AtomicLong NEXT = new AtomicLong(System.currentTimeMillis());
        private static final int MAX_BYTES = 16 * 1024 * 1024;

        private final Path folder;
        private final RequestKey credential;
        private final String number = String.format(Locale.ROOT, "%d", NEXT.getAndIncrement());
        private final ByteArrayOutputStream upstream = new ByteArrayOutputStream();
        private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
        private boolean written;

        private FileTrace(Path folder, RequestKey credential) {
            this.folder = folder;
            this.credential = credential;
        }

        @Override
        void clientRequest(byte[] body) {
            write("1-request.json", body);
        }

        @Override
        void upstreamRequest(String path, byte[] body) {
            write("2-upstream-request.json", body);
        }

        @Override
        synchronized void upstreamStatus(int status) {
            upstream.writeBytes(("status " + status + "\n\n").getBytes(StandardCharsets.UTF_8));
        }

        @Override
        synchronized void upstreamBytes(byte[] bytes, int length) {
            if (upstream.size() < MAX_BYTES) {
                upstream.write(bytes, 0, length);
            }
        }

        @Override
        synchronized void answerBytes(byte[] bytes) {
            if (answer.size() < MAX_BYTES) {
                answer.writeBytes(bytes);
            }
        }

        @Override
        synchronized void over() {
            if (!written) {
                written = true;
                write("3-upstream-answer.txt", upstream.toByteArray());
                write("4-answer.txt", answer.toByteArray());
            }
        }

        private void write(String name, byte[] body) {
            try {
                KatraHome.privateFolder(folder);
                Path file = folder.resolve(number + "-" + name);
                String text = Redaction.withoutKeys(credential.removeFrom(new String(body, StandardCharsets.UTF_8)));
                Files.deleteIfExists(file);
                PrivateFiles.create(file);
                Files.writeString(file, text);
            } catch (IOException | Failure e) {
                LOG.warn("cannot write the trace into {}: {}", folder, e.getMessage());
            }
        }
    }
}
