package dev.katra.core.upstream;

import dev.katra.core.failure.Failure;
import dev.katra.core.text.ExternallyNamed;
import java.util.Optional;

/**
 * Decides who judges, in auto mode, whether a tool call of a session may run.
 *
 * @param model the endpoint's name of the model that judges; empty for the session's small one, or if no model judges
 */
public record Judge(Kind kind, String model) {

    /** The kinds of judges. */
    public enum Kind implements ExternallyNamed {
        /** A model at the session's own endpoint judges; the rules do where it cannot be reached. */
        MODEL,
        /** Rules judge without a model; what they do not know is left to the person. */
        RULES,
        /** The person judges everything that does more than read. */
        ASK,
        /** Nobody here judges: the endpoint answers by itself. */
        ENDPOINT;
    }

    /** The judge that is the session's small model. */
    public static final Judge SMALL_MODEL = new Judge(Kind.MODEL, "");

    /**
     * Returns the judge that a setting's value names: {@code model}, {@code model NAME}, {@code rules}, {@code ask} or
     * {@code endpoint}; an empty value names the session's small model.
     *
     * @throws Failure INVALID for anything else
     */
    public static Judge parse(String text) {
        String value = text.strip();
        if (value.isEmpty()) {
            return SMALL_MODEL;
        }
        String[] words = value.split("\\s+", 2);
        for (Kind kind : Kind.values()) {
            boolean named = words.length > 1;
            if (kind.externalName().equals(words[0]) && (!named || kind == Kind.MODEL)) {
                return new Judge(kind, named ? words[1] : "");
            }
        }
        throw Failure.invalid("no judge is called \"" + value + "\"")
                .hint("write model, model NAME, rules, ask or endpoint");
    }

    /** Returns the name of the model that judges, if one is named. */
    public Optional<String> namedModel() {
        return model.isEmpty() ? Optional.empty() : Optional.of(model);
    }

    /** Returns the form that {@link #parse} reads. */
    @Override
    public String toString() {
        return model.isEmpty() ? kind.externalName() : kind.externalName() + " " + model;
    }
}
