package dev.katra.core.usage;

/** Holds the usage of one model in a session, under the endpoint's name of it, for one purpose. */
public record ModelUsage(String model, Purpose purpose, Usage usage) {

    /** Creates the usage of a model for the conversation. */
    public ModelUsage(String model, Usage usage) {
        this(model, Purpose.CONVERSATION, usage);
    }
}
