package dev.katra.mcp.gateway.chat;

import dev.katra.mcp.gateway.codec.StreamDecoder;
import dev.katra.mcp.gateway.stream.JsonEvents;

/** Reads a chat completion that comes as a stream. */
final class ChatStream implements StreamDecoder {

    private final ChatReader reader;
    private final JsonEvents json;

    ChatStream(ChatReader reader) {
        this.reader = reader;
        this.json = new JsonEvents(reader::chunk, () -> reader.conclude(true));
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
            reader.conclude(false);
        }
    }
}
