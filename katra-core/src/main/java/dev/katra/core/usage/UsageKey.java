package dev.katra.core.usage;

/**
 * Identifies the requests whose usage is summed up together.
 *
 * @param model the endpoint's name of the model
 */
public record UsageKey(long sessionId, String model, Purpose purpose) {

    private static final int MAX_MODEL_CHARACTERS = 200;

    /**
     * Returns the same key with the name of the model as it is stored: without control characters, and cut if it is long.
     * The name comes from outside, and will be shown on terminals.
     */
    UsageKey storable() {
        String shown =
                model.length() <= MAX_MODEL_CHARACTERS ? model : model.substring(0, MAX_MODEL_CHARACTERS - 1) + "…";
        return new UsageKey(sessionId, shown.replaceAll("\\p{Cntrl}", "?"), purpose);
    }
}
