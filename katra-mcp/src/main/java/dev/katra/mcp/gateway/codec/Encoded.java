package dev.katra.mcp.gateway.codec;

import dev.katra.mcp.gateway.tool.ToolNames;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request in the endpoint's format.
 *
 * @param path what to append to the endpoint's root
 * @param names the names under which its tools travel, needed to read the answer
 * @param leftOut the tools that did not fit
 */
public record Encoded(String path, ObjectNode body, ToolNames names, List<String> leftOut) {

    public Encoded {
        leftOut = List.copyOf(leftOut);
    }
}
