package dev.katra.gateway.request;

import java.util.List;

/** A Turn is one message of a history. */
public record Turn(Role role, List<Block> blocks) {

    /** A Role says who speaks. */
    public enum Role {
        SYSTEM,
        USER,
        ASSISTANT
    }

    public Turn {
        blocks = List.copyOf(blocks);
    }
}
