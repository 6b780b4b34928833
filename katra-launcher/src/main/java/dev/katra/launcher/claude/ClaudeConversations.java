package dev.katra.launcher.claude;

import dev.katra.core.home.KatraHome;
import dev.katra.launcher.agent.AgentConversations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Looks up the conversations that a client keeps: one file {@code projects/<folder>/<id>.jsonl} in its configuration
 * folder, from the first prompt on. Without that file the client refuses to resume.
 */
final class ClaudeConversations implements AgentConversations {

    private final Path projects;

    private ClaudeConversations(Path configuration) {
        this.projects = configuration.resolve("projects");
    }

    /** Returns the conversations of an isolated persona's client. */
    static ClaudeConversations isolated(KatraHome home, String persona) {
        return new ClaudeConversations(IsolatedConfig.folder(home, persona));
    }

    /** Returns the conversations of the caller's own client. */
    static ClaudeConversations ofCaller(Map<String, String> environment) {
        return new ClaudeConversations(configuration(environment, Path.of("/")));
    }

    /** Returns the configuration folder of a client that is started with this environment in this folder. */
    static Path configuration(Map<String, String> environment, Path folder) {
        String named = environment.getOrDefault(IsolatedConfig.VARIABLE, "");
        return named.isEmpty()
                ? Path.of(environment.getOrDefault("HOME", "/"), ".claude")
                : folder.resolve(named).normalize();
    }

    @Override
    public boolean canResume(String conversation) {
        if (!Files.isDirectory(projects)) {
            return false;
        }
        try (Stream<Path> folders = Files.list(projects)) {
            List<Path> files = folders.map(folder -> folder.resolve(conversation + ".jsonl"))
                    .toList();
            return files.stream().anyMatch(Files::isRegularFile);
        } catch (IOException e) {
            return false;
        }
    }
}
