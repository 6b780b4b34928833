package dev.katra.mcp.demo;

import tools.jackson.databind.node.ObjectNode;

/**
 * One tool call of a script.
 *
 * @param tool the tool's name as the script says it
 * @param input the tool's arguments
 * @param together whether it runs in the same turn as the step before it
 */
record Step(String tool, ObjectNode input, boolean together) {

    private static final String PREFIX = "mcp__katra__";

    /** Whether a tool offered under this name is the one that the step means. */
    boolean means(String offered) {
        return offered.equals(tool) || offered.equals(PREFIX + tool);
    }
}
