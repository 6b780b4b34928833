package dev.katra.launcher;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Describes the person on whose behalf a session is started.
 *
 * @param environment the caller's environment, keys included; nothing of it is kept
 * @param folder the caller's working folder
 * @param notes takes lines for the person
 * @param onTmuxSession takes the name of the tmux session as soon as there is one, before the agent is up in it
 */
public record LaunchCaller(
        Map<String, String> environment, Path folder, Consumer<String> notes, Consumer<String> onTmuxSession) {

    /** Describes a caller who is not told the name of the tmux session before the agent is up. */
    public LaunchCaller(Map<String, String> environment, Path folder, Consumer<String> notes) {
        this(environment, folder, notes, session -> {});
    }

    public LaunchCaller {
        environment = Map.copyOf(environment);
    }
}
