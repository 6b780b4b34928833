package dev.katra.launcher.claude;

import dev.katra.core.home.KatraHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The conversations that the client keeps: one file {@code projects/<folder>/<id>.jsonl} in its configuration folder,
 * from the first prompt on. Without that file the client refuses to resume.
 */
public final class ClaudeConversations {

    private final Path projects;

    private ClaudeConversations(Path configuration) {
        this.projects = configuration.resolve("projects");
    }

    /** Those of an isolated persona. */
    public static ClaudeConversations isolated(KatraHome home, String persona) {
        return new ClaudeConversations(IsolatedConfig.folder(home, persona));
    }

    /** Those of a caller's own client. */
    public static ClaudeConversations ofCaller(Map<String, String> environment) {
        String named = environment.getOrDefault(IsolatedConfig.VARIABLE, "");
        return new ClaudeConversations(
                named.isEmpty() ? Path.of(environment.getOrDefault("HOME", "/"), ".claude") : Path.of(named));
    }

    /** Whether the client can resume the conversation. */
    public boolean has(String conversation) {
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
