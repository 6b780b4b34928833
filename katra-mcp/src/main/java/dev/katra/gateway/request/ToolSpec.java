package dev.katra.gateway.request;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A ToolSpec is a tool that the client offers.
 *
 * @param name the client's name for the tool
 * @param type empty for a tool of the client, otherwise the vendor's name for a tool that runs at the vendor
 * @param schema the JSON Schema of the input; null if the client gives none
 */
public record ToolSpec(
        String name,
        String type,
        String description,
        @Nullable JsonNode schema) {

    /** Returns whether the client runs the tool itself, so that any model can call it. */
    public boolean isClientTool() {
        return type.isEmpty();
    }

    /** Returns whether this is the vendor's web search. */
    public boolean searchesWeb() {
        return type.startsWith("web_search");
    }
}
