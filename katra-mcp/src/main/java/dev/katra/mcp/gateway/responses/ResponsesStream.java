package dev.katra.mcp.gateway.responses;

import dev.katra.mcp.gateway.codec.StreamDecoder;
import dev.katra.mcp.gateway.stream.JsonEvents;

/** Reads a response that comes as a stream. */
final class ResponsesStream implements StreamDecoder {

    private final ResponsesReader reader;
    private final JsonEvents json;

    ResponsesStream(ResponsesReader reader) {
        this.reader = reader;
        this.json = new JsonEvents(reader::event, () -> {});
    }

    @Override
    public void push(byte[] bytes, int offset, int length) {
        if (!reader.over()) {
            json.push(bytes, offset, length);
        }
    }

    @Override
    public void end() {
        if (!reader.over()) {
            json.end();
            reader.closed();
        }
    }
}
