package dev.katra.mcp.gateway.request;

import java.util.List;

/** One message of a history. */
public record Turn(Role role, List<Block> blocks) {

    /** Who speaks. */
    public enum Role {
        SYSTEM,
        USER,
        ASSISTANT
    }

    public Turn {
        blocks = List.copyOf(blocks);
    }
}
