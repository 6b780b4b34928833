package dev.katra.shell.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Requests that come in pieces, are large, or are none. */
class IncomingRequestTests {

    private final MemoryBudget memory = new MemoryBudget(100_000);
    private final IncomingRequest request = new IncomingRequest(memory);

    @Test
    void isGatheredByteByByte() throws IOException {
        byte[] text = bytes("POST /run HTTP/1.1\r\nX-A: b \r\nContent-Length: 3\r\n\r\nabcd");
        for (int i = 0; i < text.length - 2; i++) {
            assertThat(request.take(ByteBuffer.wrap(text, i, 1))).isFalse();
        }
        ByteBuffer rest = ByteBuffer.wrap(text, text.length - 2, 2);

        assertThat(request.take(rest)).isTrue();
        assertThat(rest.remaining()).as("what follows").isEqualTo(1);
        PrivateRequest whole = request.request().orElseThrow();
        assertThat(whole.target()).isEqualTo("POST /run");
        assertThat(whole.header("x-a")).isEqualTo("b");
        assertThat(whole.body().array()).isEqualTo(bytes("abc"));
    }

    @Test
    void takesNoMemoryForWhatIsAnnounced() throws IOException {
        request.take(ByteBuffer.wrap(bytes("POST / HTTP/1.1\nContent-Length: 90000\n\n")));
        assertThat(memory.free()).isEqualTo(100_000);

        request.take(ByteBuffer.allocate(100));
        assertThat(memory.free()).isGreaterThan(50_000);
        request.close();
        assertThat(memory.free()).isEqualTo(100_000);
    }

    @Test
    void isRefusedAtItsEndIfThereIsNoMemory() throws IOException {
        request.take(ByteBuffer.wrap(bytes("POST / HTTP/1.1\nContent-Length: 200000\n\n")));

        assertThat(request.take(ByteBuffer.allocate(199_999))).isFalse();
        assertThat(memory.free()).isEqualTo(100_000);
        assertThat(request.take(ByteBuffer.allocate(1))).isTrue();
        assertThat(request.refusal()).isEqualTo(Refusal.NO_MEMORY);
    }

    @Test
    void isRefusedAtItsEndIfItIsLargerThanAnythingThatIsTaken() throws IOException {
        request.take(ByteBuffer.wrap(bytes("POST / HTTP/1.1\nContent-Length: 60000000\n\n")));
        ByteBuffer megabyte = ByteBuffer.allocate(1_000_000);
        for (int i = 1; i < 60; i++) {
            assertThat(request.take(megabyte.clear())).isFalse();
        }

        assertThat(request.take(megabyte.clear())).isTrue();
        assertThat(request.refusal()).isEqualTo(Refusal.TOO_LARGE);
        assertThat(memory.free()).isEqualTo(100_000);
    }

    @Test
    void anEmptyLineIsTheEnd() throws IOException {
        assertThat(request.take(ByteBuffer.wrap(bytes("\n")))).isTrue();
        assertThat(request.request()).isEmpty();
    }

    @Test
    void aHeadHasAnEnd() {
        ByteBuffer endless = ByteBuffer.wrap(bytes("GET / HTTP/1.1\nX: " + "x".repeat(70_000)));
        assertThatThrownBy(() -> request.take(endless)).isInstanceOf(IOException.class);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
