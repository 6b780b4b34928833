package dev.katra.gateway.request;

/**
 * A Thinking says how much thinking the client asks for.
 *
 * @param budget the tokens for thinking, 0 if the client does not say
 * @param effort the name of the effort, empty if the client does not say
 */
public record Thinking(Mode mode, int budget, String effort) {

    /** A Mode says what decides how much the model thinks. */
    public enum Mode {
        /** The model must not think. */
        OFF,
        /** The effort decides. */
        ADAPTIVE,
        /** The budget decides. */
        BUDGET
    }
}
