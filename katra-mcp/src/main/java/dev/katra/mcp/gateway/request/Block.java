package dev.katra.mcp.gateway.request;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** One block of a turn, reduced to what another format can carry. */
public sealed interface Block {

    /** Plain text. */
    record Text(String text) implements Block {}

    /** An image, as a {@code data:} or a web address; empty if the client only names a stored file. */
    record Image(String url) implements Block {}

    /** A document, as a {@code data:} or a web address; empty if the client only names a stored file. */
    record Document(String name, String url) implements Block {

        /** Whether the document itself is in the address. */
        public boolean inline() {
            return url.startsWith("data:");
        }
    }

    /** What a model thought, and the proof that it did; either may be empty. */
    record Thinking(String text, String signature) implements Block {}

    /**
     * A call that a model made.
     *
     * @param id unique in its conversation
     * @param clientId the id that the client knows it by
     */
    record ToolUse(String id, String clientId, String name, JsonNode input) implements Block {

        /** A call as the client tells it. */
        public ToolUse(String id, String name, JsonNode input) {
            this(id, id, name, input);
        }

        /** The same call under another id. */
        public ToolUse as(String other) {
            return new ToolUse(other, clientId, name, input);
        }
    }

    /** What a call returned: text, images and documents. */
    record ToolResult(String callId, List<Block> content, boolean error) implements Block {

        public ToolResult {
            content = List.copyOf(content);
        }

        /** The same result for a call under another id. */
        public ToolResult of(String other) {
            return new ToolResult(other, content, error);
        }
    }
}
