package dev.katra.shell.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class FrameWriterTests {

    private final Target target = new Target();
    private final FrameWriter frames = new FrameWriter(target, JsonMapper.shared());

    @Test
    void writesOneLinePerFrameAndSendsItAtOnce() {
        frames.write(new Frame("a\nb", null, null, null));
        assertThat(target.sent()).isEqualTo("{\"out\":\"a\\nb\"}\n");

        frames.write(new Frame(null, "ü🦊", null, null));
        frames.write(new Frame(null, null, 0, null));
        frames.write(new Frame(null, null, null, List.of("")));
        assertThat(target.sent()).endsWith("}\n{\"err\":\"ü🦊\"}\n{\"exit\":0}\n{\"exec\":[\"\"]}\n");
        assertThat(target.flushes).isEqualTo(4);
    }

    @Test
    void aStreamBecomesAFrameAtEveryFlush() throws IOException {
        try (Writer out = frames.stream(text -> new Frame(text, null, null, null))) {
            out.write("one ");
            out.write("two");
            assertThat(target.sent()).isEmpty();
            out.flush();
            out.flush();
            assertThat(target.sent()).isEqualTo("{\"out\":\"one two\"}\n");
            out.write("end");
        }
        assertThat(target.sent()).endsWith("{\"out\":\"end\"}\n");
    }

    @Test
    void nobodyIsGoneUntilAWriteFails() {
        assertThat(frames.isDisconnected()).isFalse();
        target.broken = true;
        assertThat(frames.isDisconnected()).isFalse();

        frames.write(new Frame("x", null, null, null));

        assertThat(frames.isDisconnected()).isTrue();
    }

    @Test
    void aBrokenConnectionIsNotWrittenToAgain() {
        target.broken = true;
        frames.write(new Frame("x", null, null, null));
        target.broken = false;

        frames.write(new Frame(null, null, 0, null));

        assertThat(target.sent()).isEmpty();
    }

    @Test
    void asksASilentConnectionWhetherAnybodyIsThere() {
        assertThat(frames.isDisconnected()).isFalse();
        assertThat(target.sent()).isEmpty();

        await().until(() -> !frames.isDisconnected() && target.sent().equals("{}\n"));
        target.broken = true;
        await().until(frames::isDisconnected);
    }

    private static final class Target extends OutputStream {

        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private String sent = "";
        private int flushes;
        private boolean broken;

        @Override
        public void write(int b) throws IOException {
            if (broken) {
                throw new IOException("broken pipe");
            }
            written.write(b);
        }

        @Override
        public void flush() {
            flushes++;
            sent = written.toString(StandardCharsets.UTF_8);
        }

        private String sent() {
            return sent;
        }
    }
}
