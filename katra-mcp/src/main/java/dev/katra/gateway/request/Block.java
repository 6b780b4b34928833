package dev.katra.gateway.request;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** A Block is one block of a turn, reduced to what other formats can carry. */
public sealed interface Block {

    /** A Text holds plain text. */
    record Text(String text) implements Block {}

    /** An Image holds a {@code data:} or a web address; the address is empty if the client only names a stored file. */
    record Image(String url) implements Block {}

    /**
     * A Document holds a {@code data:} or a web address; the address is empty if the client only names a stored file.
     */
    record Document(String name, String url) implements Block {

        /** Returns whether the address holds the document itself. */
        public boolean inline() {
            return url.startsWith("data:");
        }
    }

    /** A Thinking holds the thinking of a model, and the signature that proves its origin; either may be empty. */
    record Thinking(String text, String signature) implements Block {}

    /**
     * A ToolUse is a call that a model made.
     *
     * @param id the id of the call, unique in its conversation
     * @param clientId the id by which the client knows the call
     */
    record ToolUse(String id, String clientId, String name, JsonNode input) implements Block {

        /** Creates a call with the client's id. */
        public ToolUse(String id, String name, JsonNode input) {
            this(id, id, name, input);
        }

        /** Returns the same call under another id. */
        public ToolUse withId(String other) {
            return new ToolUse(other, clientId, name, input);
        }
    }

    /** A ToolResult holds what a call returned: text, images and documents. */
    record ToolResult(String callId, List<Block> content, boolean error) implements Block {

        public ToolResult {
            content = List.copyOf(content);
        }

        /** Returns the same result for a call under another id. */
        public ToolResult withCallId(String other) {
            return new ToolResult(other, content, error);
        }
    }
}
