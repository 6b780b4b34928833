package dev.katra.mcp.gateway.request;

/**
 * How much thinking the client asks for.
 *
 * @param budget the tokens it grants, 0 if it does not say
 * @param effort the effort that it names, empty if it does not
 */
public record Thinking(Mode mode, int budget, String effort) {

    /** Whether to think. */
    public enum Mode {
        /** Not at all. */
        OFF,
        /** As the effort says. */
        ADAPTIVE,
        /** As the budget says. */
        BUDGET
    }
}
