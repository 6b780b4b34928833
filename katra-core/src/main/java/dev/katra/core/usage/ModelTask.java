package dev.katra.core.usage;

import java.util.Objects;

/**
 * Names a model and what it was asked for.
 *
 * @param provider the id of the provider that served the model
 * @param model the endpoint's name of the model
 * @param purpose what the requests were for
 */
public record ModelTask(String provider, String model, Purpose purpose) {

    private static final int MAX_MODEL_CHARACTERS = 200;

    public ModelTask {
        Objects.requireNonNull(provider, "provider is null");
        Objects.requireNonNull(model, "model is null");
        Objects.requireNonNull(purpose, "purpose is null");
    }

    /**
     * Returns the same task with the name of the model as it is stored: without control characters, and cut if it is
     * long. The name comes from outside, and will be shown on terminals.
     */
    ModelTask storable() {
        String shown =
                model.length() <= MAX_MODEL_CHARACTERS ? model : model.substring(0, MAX_MODEL_CHARACTERS - 1) + "…";
        return new ModelTask(provider, shown.replaceAll("\\p{Cntrl}", "?"), purpose);
    }
}
