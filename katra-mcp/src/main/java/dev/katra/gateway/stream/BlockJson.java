package dev.katra.gateway.stream;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes blocks in the form of the Messages API. */
final class BlockJson {

    private BlockJson() {}

    /** Returns a block without content. */
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
