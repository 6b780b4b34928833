package dev.katra.gateway.permission;

/**
 * Holds the decision on a tool call.
 *
 * @param flagged whether the client must not run the call
 * @param explanation the reason, for the model and the person; empty for a call that may run
 */
public record Verdict(boolean flagged, String explanation) {

    /** The verdict for a call that may run. */
    public static final Verdict MAY_RUN = new Verdict(false, "");

    private static final int MAX_EXPLANATION_CHARACTERS = 600;

    public Verdict {
        if (flagged == explanation.isBlank()) {
            throw new IllegalArgumentException("a call is flagged with a reason, or may run without one");
        }
        explanation = explanation.length() > MAX_EXPLANATION_CHARACTERS
                ? explanation.substring(0, MAX_EXPLANATION_CHARACTERS) + "…"
                : explanation;
    }

    /** Returns the verdict for a call that must not run, with this reason. */
    public static Verdict flagged(String explanation) {
        return new Verdict(true, explanation);
    }
}
