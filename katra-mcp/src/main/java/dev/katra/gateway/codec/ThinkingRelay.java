package dev.katra.gateway.codec;

import dev.katra.gateway.answer.AnswerEvent;
import dev.katra.gateway.thinking.ThinkingSignature;
import java.util.function.Consumer;

/** Passes thinking on and adds a signature to thinking that has none. */
public final class ThinkingRelay {

    private final Consumer<AnswerEvent> events;
    private final StringBuilder open = new StringBuilder();

    /** Creates a relay that passes the events on to this consumer. */
    public ThinkingRelay(Consumer<AnswerEvent> events) {
        this.events = events;
    }

    /** Adds thinking. */
    public void add(String text) {
        if (!text.isEmpty()) {
            open.append(text);
            events.accept(new AnswerEvent.ThinkingDelta(text));
        }
    }

    /** Ends the thinking with this signature, even if nothing of it was shown. */
    public void sign(String signature) {
        open.setLength(0);
        events.accept(new AnswerEvent.ThinkingSigned(signature));
    }

    /** Ends thinking that has no signature yet with one of Katra's, because something else begins. */
    public void close() {
        if (!open.isEmpty()) {
            sign(ThinkingSignature.of(open.toString()));
        }
    }

    /** Returns whether there is thinking without a signature. */
    public boolean open() {
        return !open.isEmpty();
    }
}
