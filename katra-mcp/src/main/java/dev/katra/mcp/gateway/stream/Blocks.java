package dev.katra.mcp.gateway.stream;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Blocks as the Messages API writes them. */
final class Blocks {

    private Blocks() {}

    /** A block with nothing in it yet. */
    static ObjectNode empty(BlockKind kind, String id, String name) {
        ObjectNode block = JsonMapper.shared().createObjectNode();
        switch (kind) {
            case TEXT -> block.put("type", "text").put("text", "");
            case THINKING -> block.put("type", "thinking").put("thinking", "").put("signature", "");
            case TOOL ->
                block.put("type", "tool_use").put("id", id).put("name", name).putObject("input");
        }
        return block;
    }
}
