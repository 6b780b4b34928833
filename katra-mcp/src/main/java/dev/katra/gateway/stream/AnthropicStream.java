package dev.katra.gateway.stream;

import dev.katra.gateway.answer.AnswerEvent;
import dev.katra.gateway.answer.StopReason;
import dev.katra.gateway.answer.TokenUsage;
import dev.katra.gateway.permission.SafeguardCheck;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes an answer as the Messages API's server-sent events, in the order that a client relies on: one start, blocks
 * one after the other, and one stop; or an error, after which nothing follows. It must not be used by several threads
 * at once.
 */
public final class AnthropicStream {

    private final MessageHead head;
    private final BlockSequence blocks = new BlockSequence(new Writer());
    private final StringBuilder out = new StringBuilder();
    private boolean started;
    private boolean over;
    private Optional<TokenUsage> usage = Optional.empty();
    private @Nullable JsonNode verdicts;

    /** Creates a writer of an answer with this head. */
    public AnthropicStream(MessageHead head) {
        this.head = head;
    }

    /** Returns the event that keeps a client waiting. */
    public static String ping() {
        return frame(JsonMapper.shared().createObjectNode().put("type", "ping"));
    }

    /** Returns the beginning of the message; empty if it was written before. */
    public String begin() {
        if (!started && !over) {
            started = true;
            ObjectNode event = event("message_start");
            ObjectNode message = head.json();
            message.set("usage", new TokenUsage(head.inputTokens(), 0, 0, 1).json());
            event.set("message", message);
            send(event);
            out.append(ping());
        }
        return drain();
    }

    /** Returns the text to send for this event; often a part of a block, sometimes nothing. */
    public String accept(AnswerEvent event) {
        if (over) {
            return "";
        }
        if (event instanceof AnswerEvent.Failed failed) {
            over = true;
            send(failed.error().event());
            return drain();
        }
        String beginning = begin();
        if (event instanceof AnswerEvent.Finished finished) {
            finish(finished);
        } else {
            blocks.accept(event);
        }
        return beginning + drain();
    }

    /** Takes the verdicts on the answer's calls, for its last event. */
    public void setVerdicts(JsonNode decided) {
        verdicts = decided;
    }

    /** Returns whether nothing more may be sent. */
    public boolean over() {
        return over;
    }

    /** Returns the usage that the endpoint reported, once the answer is complete. */
    public Optional<TokenUsage> usage() {
        return usage;
    }

    private void finish(AnswerEvent.Finished finished) {
        if (blocks.empty() && finished.reason() != StopReason.TOOL_USE) {
            blocks.accept(new AnswerEvent.TextDelta(""));
        }
        blocks.finish();
        ObjectNode delta = event("message_delta");
        ObjectNode end = delta.putObject("delta");
        end.put("stop_reason", finished.reason().externalName()).put("stop_sequence", finished.stopSequence());
        if (verdicts != null) {
            end.set(SafeguardCheck.RESULTS, verdicts);
        }
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
            event.set("content_block", BlockJson.empty(kind, id, name));
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
