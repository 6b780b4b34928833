package dev.katra.gateway.permission;

import tools.jackson.databind.JsonNode;

/**
 * Describes a tool call that is to be judged.
 *
 * @param id the id by which the client knows it
 * @param input the arguments as JSON; a text node if the model wrote no JSON
 */
public record JudgedCall(String id, String tool, JsonNode input) {

    /** Returns an argument that is a text; empty if there is none. */
    String text(String name) {
        return input.path(name).asString("");
    }
}
