package dev.katra.mcp.gateway.stream;

import dev.katra.mcp.gateway.answer.AnswerEvent;
import dev.katra.mcp.gateway.answer.StopReason;
import dev.katra.mcp.gateway.answer.Usage;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes an answer as the Messages API's server-sent events, in the order that a client relies on: one start, blocks one
 * after the other, one stop; or an error, after which nothing follows. Not for several threads at once.
 */
public final class AnthropicStream {

    private final MessageHead head;
    private final BlockSequence blocks = new BlockSequence(new Writer());
    private final StringBuilder out = new StringBuilder();
    private boolean started;
    private boolean over;
    private Optional<Usage> usage = Optional.empty();

    /** Writes an answer that begins like this. */
    public AnthropicStream(MessageHead head) {
        this.head = head;
    }

    /** The bytes to send to keep a client waiting. */
    public static String ping() {
        return frame(JsonMapper.shared().createObjectNode().put("type", "ping"));
    }

    /** The beginning of the message, unless it was written before. */
    public String begin(String upstreamId) {
        if (!started && !over) {
            started = true;
            ObjectNode event = event("message_start");
            ObjectNode message = head.json(upstreamId);
            message.set("usage", new Usage(head.inputTokens(), 0, 0, 1).json());
            event.set("message", message);
            send(event);
            out.append(ping());
        }
        return drain();
    }

    /** What to send for this event; often a part of a block, sometimes nothing. */
    public String accept(AnswerEvent event) {
        if (over) {
            return "";
        }
        if (event instanceof AnswerEvent.Failed failed) {
            over = true;
            send(failed.error().event());
            return drain();
        }
        String beginning = begin(event instanceof AnswerEvent.Started begun ? begun.id() : "");
        if (event instanceof AnswerEvent.Finished finished) {
            finish(finished);
        } else {
            blocks.accept(event);
        }
        return beginning + drain();
    }

    /** Whether nothing more may be sent. */
    public boolean over() {
        return over;
    }

    /** The use that the endpoint reported, once the answer is complete. */
    public Optional<Usage> usage() {
        return usage;
    }

    private void finish(AnswerEvent.Finished finished) {
        if (blocks.empty() && finished.reason() != StopReason.TOOL_USE) {
            blocks.accept(new AnswerEvent.TextDelta(""));
        }
        blocks.finish();
        ObjectNode delta = event("message_delta");
        delta.putObject("delta").put("stop_reason", finished.reason().wire()).putNull("stop_sequence");
        delta.set("usage", finished.usage().json());
        send(delta);
        send(event("message_stop"));
        usage = Optional.of(finished.usage());
        over = true;
    }

    private static ObjectNode event(String type) {
        return JsonMapper.shared().createObjectNode().put("type", type);
    }

    private static String frame(ObjectNode event) {
        return "event: " + event.path("type").asString("") + "\ndata: " + event + "\n\n";
    }

    private void send(ObjectNode event) {
        out.append(frame(event));
    }

    private String drain() {
        String text = out.toString();
        out.setLength(0);
        return text;
    }

    /** Writes blocks as events. */
    private final class Writer implements BlockListener {

        @Override
        public void begin(int index, BlockKind kind, String id, String name) {
            ObjectNode event = event("content_block_start").put("index", index);
            event.set("content_block", Blocks.empty(kind, id, name));
            send(event);
        }

        @Override
        public void fill(int index, BlockKind kind, String more) {
            switch (kind) {
                case TEXT -> delta(index, "text_delta", "text", more);
                case THINKING -> delta(index, "thinking_delta", "thinking", more);
                case TOOL -> delta(index, "input_json_delta", "partial_json", more);
            }
        }

        @Override
        public void sign(int index, String signature) {
            delta(index, "signature_delta", "signature", signature);
        }

        @Override
        public void end(int index, BlockKind kind) {
            send(event("content_block_stop").put("index", index));
        }

        private void delta(int index, String type, String field, String value) {
            ObjectNode event = event("content_block_delta").put("index", index);
            event.putObject("delta").put("type", type).put(field, value);
            send(event);
        }
    }
}
