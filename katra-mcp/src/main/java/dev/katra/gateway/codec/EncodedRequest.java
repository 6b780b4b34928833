package dev.katra.gateway.codec;

import dev.katra.gateway.tool.ToolNames;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * An EncodedRequest holds a request in the endpoint's format.
 *
 * @param path what to append to the endpoint's root
 * @param names the names under which its tools travel, which are needed to read the answer
 * @param leftOut the names of the tools that did not fit
 */
public record EncodedRequest(String path, ObjectNode body, ToolNames names, List<String> leftOut) {

    public EncodedRequest {
        leftOut = List.copyOf(leftOut);
    }
}
