package dev.katra.gateway.testing;

import dev.katra.gateway.codec.Codec;
import dev.katra.gateway.codec.StreamDecoder;
import dev.katra.gateway.request.RequestReader;
import dev.katra.gateway.stream.AnthropicMessage;
import dev.katra.gateway.stream.AnthropicStream;
import dev.katra.gateway.stream.MessageHead;
import dev.katra.gateway.tool.ToolNames;
import dev.katra.gateway.upstream.Target;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;
import tools.jackson.databind.JsonNode;

/** The gateway without a network. */
public final class Gateway {

    private static final MessageHead HEAD = new MessageHead("claude-opus-5-5", 42);

    private Gateway() {}

    /** The body that goes upstream. */
    public static JsonNode body(Codec codec, Target target, String request) {
        return codec.encode(RequestReader.read(Json.of(request)), target).body();
    }

    /** What the client receives of an upstream stream that arrives in one piece. */
    public static ReceivedStream stream(Codec codec, Target target, ToolNames names, String upstream) {
        return stream(codec, target, names, upstream, () -> Integer.MAX_VALUE);
    }

    /** What the client receives of an upstream stream that arrives in pieces of these sizes. */
    public static ReceivedStream stream(
            Codec codec, Target target, ToolNames names, String upstream, IntSupplier sizes) {
        var out = new StringBuilder();
        var writer = new AnthropicStream(HEAD);
        StreamDecoder decoder = codec.stream(target, names, event -> out.append(writer.accept(event)));
        byte[] bytes = upstream.getBytes(StandardCharsets.UTF_8);
        int at = 0;
        while (at < bytes.length) {
            int size = Math.min(sizes.getAsInt(), bytes.length - at);
            decoder.push(bytes, at, size);
            at += size;
        }
        decoder.end();
        return ReceivedStream.of(out.toString());
    }

    /** The message that the client receives for a whole upstream answer. */
    public static JsonNode whole(Codec codec, Target target, String answer) {
        return AnthropicMessage.of(HEAD, codec.whole(Json.of(answer), target, new ToolNames()))
                .json();
    }
}
