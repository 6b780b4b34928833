package dev.katra.mcp.gateway.request;

/**
 * Whether the model must call a tool.
 *
 * @param tool the tool that it must call, empty unless the mode is TOOL
 * @param parallel whether it may call several at once
 */
public record ToolChoice(Mode mode, String tool, boolean parallel) {

    /** How free the model is. */
    public enum Mode {
        /** The client does not say. */
        UNSAID,
        AUTO,
        ANY,
        TOOL,
        NONE
    }
}
