package dev.katra.mcp.demo;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One tool call of a script.
 *
 * @param tool the tool's name as the script says it
 * @param input the tool's arguments
 * @param together whether it runs in the same turn as the step before it
 * @param until the step is repeated until its result holds this text; null to take it once
 */
record Step(
        String tool,
        ObjectNode input,
        boolean together,
        @Nullable String until) {

    Step(String tool, ObjectNode input, boolean together) {
        this(tool, input, together, null);
    }

    private static final String PREFIX = "mcp__katra__";

    /** The same step, repeated until its result holds the text. */
    Step until(String text) {
        return new Step(tool, input, together, text);
    }

    /** Whether a result is the one that the step is repeated for. */
    boolean isDoneBy(String result) {
        return until == null || result.contains(until);
    }

    /** The name under which the client knows the tool. */
    String fullName() {
        return tool.startsWith("katra_") ? PREFIX + tool : tool;
    }

    /** Whether a tool offered under this name is the one that the step means. */
    boolean means(String offered) {
        return offered.equals(tool) || offered.equals(PREFIX + tool);
    }
}
