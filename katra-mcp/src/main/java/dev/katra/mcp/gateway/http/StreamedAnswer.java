package dev.katra.mcp.gateway.http;

import dev.katra.mcp.gateway.answer.AnswerEvent;
import dev.katra.mcp.gateway.codec.Codec;
import dev.katra.mcp.gateway.codec.StreamDecoder;
import dev.katra.mcp.gateway.failure.GatewayError;
import dev.katra.mcp.gateway.failure.Outage;
import dev.katra.mcp.gateway.tool.ToolNames;
import dev.katra.mcp.gateway.upstream.Provider;
import dev.katra.mcp.gateway.upstream.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** An endpoint's stream on its way to the client: each piece is sent on as soon as it is read. */
final class StreamedAnswer {

    private static final int LOOKED_AT = 64;

    private final Answer answer;
    private final ClientLink link;
    private final StreamDecoder decoder;
    private final StringBuilder beginning = new StringBuilder();
    private boolean understood;

    StreamedAnswer(Codec codec, Target target, ToolNames names, Answer answer, ClientLink link) {
        this.answer = answer;
        this.link = link;
        this.decoder = codec.stream(target, names, this::event);
    }

    /** Takes the next bytes; returns whether anybody waits for more. What follows the end is read and forgotten. */
    boolean take(byte[] bytes, int length) {
        if (link.over()) {
            return answer.complete();
        }
        if (!understood && beginning.length() < LOOKED_AT) {
            beginning.append(new String(bytes, 0, Math.min(length, LOOKED_AT), StandardCharsets.UTF_8));
        }
        forward(() -> decoder.push(bytes, 0, length));
        return !link.over() || answer.complete();
    }

    /** The endpoint has ended its stream, or it was cut. */
    void end(Provider provider, boolean stalled) {
        if (!understood || stalled) {
            link.run(() -> answer.refuse(silent(provider, stalled)));
        }
        forward(decoder::end);
        link.run(link::end);
    }

    private GatewayError silent(Provider provider, boolean stalled) {
        String start = beginning.toString().stripLeading().toLowerCase(Locale.ROOT);
        if (stalled) {
            return Outage.silent(provider);
        }
        if (start.isEmpty()) {
            return Outage.empty(provider);
        }
        return start.startsWith("<") ? Outage.html(provider, 200) : Outage.incomprehensible(provider);
    }

    private void forward(Runnable reading) {
        link.run(() -> {
            try {
                reading.run();
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            answer.flush();
            if (answer.over()) {
                link.end();
            }
        });
    }

    private void event(AnswerEvent event) {
        understood = true;
        try {
            answer.accept(event);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
