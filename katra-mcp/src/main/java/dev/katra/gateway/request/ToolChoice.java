package dev.katra.gateway.request;

/**
 * A ToolChoice says whether the model must call a tool.
 *
 * @param tool the tool that it must call; empty unless the mode is TOOL
 * @param parallel whether it may call several at once
 */
public record ToolChoice(Mode mode, String tool, boolean parallel) {

    /** A Mode says how free the model is to call tools. */
    public enum Mode {
        /** The client does not say. */
        UNSPECIFIED,
        AUTO,
        ANY,
        TOOL,
        NONE
    }
}
