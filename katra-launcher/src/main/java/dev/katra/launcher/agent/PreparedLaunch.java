package dev.katra.launcher.agent;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds what is to be started for a session.
 *
 * @param variables the whole environment of the process, secrets included
 * @param command the program and its arguments, without any secret
 * @param configuration the folder in which the agent keeps its configuration, its conversations and its status
 */
public record PreparedLaunch(Map<String, String> variables, List<String> command, Path configuration) {

    public PreparedLaunch {
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        command = List.copyOf(command);
    }
}
