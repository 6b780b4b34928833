package dev.katra.gateway.stream;

import dev.katra.gateway.answer.AnswerEvent;
import dev.katra.gateway.answer.StopReason;
import dev.katra.gateway.failure.GatewayError;
import dev.katra.gateway.tool.CallArguments;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Collects an answer into one message of the Messages API, the same that a client builds from the stream. */
public final class AnthropicMessage {

    private final ObjectNode message;
    private final Collector collector = new Collector();
    private final BlockSequence blocks = new BlockSequence(collector);
    private Optional<GatewayError> error = Optional.empty();
    private boolean complete;

    private AnthropicMessage(MessageHead head) {
        message = head.json();
    }

    /** Collects the events into a message, or into the error that they end with. */
    public static AnthropicMessage of(MessageHead head, List<AnswerEvent> events) {
        var message = new AnthropicMessage(head);
        events.forEach(message::accept);
        return message;
    }

    /** Returns the error if the answer is not complete. */
    public Optional<GatewayError> error() {
        if (error.isEmpty() && !complete) {
            return Optional.of(GatewayError.of(500, "api_error", "the answer has no end"));
        }
        return error;
    }

    /** Returns the message. The answer must be complete. */
    public ObjectNode json() {
        if (error().isPresent()) {
            throw new IllegalStateException("the answer is not complete");
        }
        return message;
    }

    private void accept(AnswerEvent event) {
        if (event instanceof AnswerEvent.Failed failed) {
            error = Optional.of(failed.error());
        } else if (event instanceof AnswerEvent.Finished finished) {
            if (blocks.empty() && finished.reason() != StopReason.TOOL_USE) {
                blocks.accept(new AnswerEvent.TextDelta(""));
            }
            blocks.finish();
            message.put("stop_reason", finished.reason().externalName()).put("stop_sequence", finished.stopSequence());
            message.set("usage", finished.usage().json());
            complete = true;
        } else {
            blocks.accept(event);
        }
    }

    /** Collects blocks into the message's content. */
    private final class Collector implements BlockListener {

        private final StringBuilder content = new StringBuilder();
        private ObjectNode block = BlockJson.empty(BlockKind.TEXT, "", "");

        @Override
        public void begin(int index, BlockKind kind, String id, String name) {
            block = BlockJson.empty(kind, id, name);
            content.setLength(0);
        }

        @Override
        public void fill(int index, BlockKind kind, String more) {
            content.append(more);
        }

        @Override
        public void sign(int index, String signature) {
            block.put("signature", signature);
        }

        @Override
        public void end(int index, BlockKind kind) {
            switch (kind) {
                case TEXT -> block.put("text", content.toString());
                case THINKING -> block.put("thinking", content.toString());
                case TOOL ->
                    block.set(
                            "input",
                            CallArguments.read(content.toString())
                                    .orElseGet(() -> StringNode.valueOf(content.toString())));
            }
            ((ArrayNode) message.path("content")).add(block);
        }
    }
}
