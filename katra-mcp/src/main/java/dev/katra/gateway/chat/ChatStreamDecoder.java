package dev.katra.gateway.chat;

import dev.katra.gateway.codec.StreamDecoder;
import dev.katra.gateway.stream.JsonEventReader;
import java.time.Duration;
import java.util.Optional;

/** Decodes a streamed chat completion. */
final class ChatStreamDecoder implements StreamDecoder {

    private static final Duration END_PATIENCE = Duration.ofSeconds(2);
    private static final Duration USAGE_PATIENCE = Duration.ofSeconds(10);

    private final ChatReader reader;
    private final JsonEventReader json;

    ChatStreamDecoder(ChatReader reader) {
        this.reader = reader;
        this.json = new JsonEventReader(reader::chunk, () -> reader.conclude(true));
    }

    @Override
    public void push(byte[] bytes, int offset, int length) {
        if (!reader.over()) {
            json.push(bytes, offset, length);
        }
    }

    @Override
    public void drain() {
        if (!reader.over()) {
            json.end();
        }
    }

    @Override
    public void end() {
        drain();
        reader.conclude(false);
    }

    @Override
    public Optional<Duration> patience() {
        if (reader.over() || !reader.finished()) {
            return Optional.empty();
        }
        return Optional.of(reader.used() ? END_PATIENCE : USAGE_PATIENCE);
    }

    @Override
    public void settle() {
        reader.conclude(true);
    }
}
