package dev.katra.launcher;

import dev.katra.core.session.SessionPurpose;
import dev.katra.launcher.environment.LaunchTarget;
import dev.katra.launcher.provider.Route;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Describes the session that a person asks to start.
 *
 * @param replace true if the persona's live session is ended first
 */
public record StartRequest(
        String persona,
        ModelChoice choice,
        Workplace workplace,
        SessionPurpose purpose,
        ClientStart client,
        boolean replace) {

    public StartRequest {
        Objects.requireNonNull(persona, "persona is null");
        Objects.requireNonNull(choice, "choice is null");
        Objects.requireNonNull(workplace, "workplace is null");
        Objects.requireNonNull(purpose, "purpose is null");
        Objects.requireNonNull(client, "client is null");
    }

    /** Returns the absolute folder in which the session works. */
    public Path folder() {
        return workplace.folder();
    }

    /**
     * A model choice says which model answers the session, and how its requests get there.
     *
     * @param provider the provider's id; null for the default provider
     * @param model the model's name; null for the provider's own
     * @param route the route to the provider; null for the provider's own
     * @param fallback the ids of the providers that answer when that one does not, separated by commas, or {@code none};
     *     null for the provider's own
     * @param trace true if the gateway writes the requests and answers, redacted, to the session's folder
     */
    public record ModelChoice(
            @Nullable String provider,
            @Nullable String model,
            @Nullable Route route,
            @Nullable String fallback,
            boolean trace) {

        /** Chooses a provider with its own model and route, without a trace. */
        public ModelChoice(@Nullable String provider) {
            this(provider, null, null, null, false);
        }

        /** Returns the target of this choice, on the default provider if the choice names none. */
        LaunchTarget target(String defaultProvider) {
            return new LaunchTarget(provider == null ? defaultProvider : provider, model, route, fallback);
        }
    }

    /**
     * A workplace says where the session runs.
     *
     * @param folder the absolute folder in which it works
     * @param background true if it runs in a tmux session of its own rather than in the caller's terminal
     * @param isolated true if it uses a configuration of the agent that belongs to Katra
     */
    public record Workplace(Path folder, boolean background, boolean isolated) {

        public Workplace {
            Objects.requireNonNull(folder, "folder is null");
        }
    }

    /**
     * A client start says what the agent begins with.
     *
     * @param prompt the first prompt; null to wait for a person
     * @param conversation the id of the agent's conversation to go on with; null for a new one
     * @param arguments the arguments that the user passes on to the agent
     */
    public record ClientStart(
            @Nullable String prompt, @Nullable String conversation, List<String> arguments) {

        public ClientStart {
            arguments = List.copyOf(arguments);
        }

        /** Begins a new conversation. */
        public ClientStart(@Nullable String prompt, List<String> arguments) {
            this(prompt, null, arguments);
        }
    }
}
