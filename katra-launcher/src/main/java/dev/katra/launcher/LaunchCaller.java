package dev.katra.launcher;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * On whose behalf a session is started.
 *
 * @param environment the caller's, keys included; nothing of it is kept
 * @param folder the caller's
 * @param notes takes lines for the person
 */
public record LaunchCaller(Map<String, String> environment, Path folder, Consumer<String> notes) {

    public LaunchCaller {
        environment = Map.copyOf(environment);
    }
}
