package dev.katra.gateway.responses;

import dev.katra.gateway.codec.StreamDecoder;
import dev.katra.gateway.stream.JsonEventReader;
import java.time.Duration;
import java.util.Optional;

/** Decodes a streamed response. */
final class ResponsesStreamDecoder implements StreamDecoder {

    private final ResponsesReader reader;
    private final JsonEventReader json;

    ResponsesStreamDecoder(ResponsesReader reader) {
        this.reader = reader;
        this.json = new JsonEventReader(reader::event, () -> {});
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
        reader.endStream();
    }

    /** Returns no patience, because the event that completes a response is its end. */
    @Override
    public Optional<Duration> patience() {
        return Optional.empty();
    }

    @Override
    public void settle() {}
}
