package dev.katra.mcp.gateway.request;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A tool that the client offers.
 *
 * @param name as the client calls it
 * @param type empty for a tool of the client's own, else the vendor's name of a tool that runs at the vendor
 * @param schema what it takes; null if the client does not say
 */
public record ToolSpec(
        String name,
        String type,
        String description,
        @Nullable JsonNode schema) {

    /** Whether the client runs it itself, so that any model can call it. */
    public boolean callable() {
        return type.isEmpty();
    }

    /** Whether the vendor would search the web. */
    public boolean searchesWeb() {
        return type.startsWith("web_search");
    }
}
