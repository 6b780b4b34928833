package dev.katra.mcp.gateway.codec;

import dev.katra.mcp.gateway.answer.AnswerEvent;
import dev.katra.mcp.gateway.thinking.Signature;
import java.util.function.Consumer;

/** Passes thinking on and sees to it that no thinking stays without a signature. */
public final class Thoughts {

    private final Consumer<AnswerEvent> events;
    private final StringBuilder open = new StringBuilder();

    /** Passes on to this receiver. */
    public Thoughts(Consumer<AnswerEvent> events) {
        this.events = events;
    }

    /** More thinking. */
    public void add(String text) {
        if (!text.isEmpty()) {
            open.append(text);
            events.accept(new AnswerEvent.ThinkingDelta(text));
        }
    }

    /** The thinking is complete and this is its signature, even if nothing of it was shown. */
    public void sign(String signature) {
        open.setLength(0);
        events.accept(new AnswerEvent.ThinkingSigned(signature));
    }

    /** Something else begins. */
    public void close() {
        if (!open.isEmpty()) {
            sign(Signature.of(open.toString()));
        }
    }

    /** Whether there is thinking without a signature. */
    public boolean open() {
        return !open.isEmpty();
    }
}
