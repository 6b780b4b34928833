package dev.katra.launcher.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.home.KatraHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaudeConversationsTests {

    @TempDir
    private Path folder;

    @Test
    void findsAConversationInAnyProjectOfTheCallersClient() throws IOException {
        keep(folder.resolve(".claude"), "some-project", "abc");

        ClaudeConversations ofHome = ClaudeConversations.ofCaller(Map.of("HOME", folder.toString()));

        assertThat(ofHome.canResume("abc")).isTrue();
        assertThat(ofHome.canResume("ab")).isFalse();
        assertThat(ClaudeConversations.ofCaller(Map.of("CLAUDE_CONFIG_DIR", "/nowhere", "HOME", folder.toString()))
                        .canResume("abc"))
                .isFalse();
    }

    @Test
    void anIsolatedPersonaHasItsOwn() throws IOException {
        KatraHome home = new KatraHome(folder.resolve("home"));
        Files.createDirectory(folder.resolve("work"));
        keep(IsolatedConfig.prepare(home, "Sam", folder.resolve("work"), null), "p", "abc");

        assertThat(ClaudeConversations.isolated(home, "Sam").canResume("abc")).isTrue();
        assertThat(ClaudeConversations.isolated(home, "Dario").canResume("abc")).isFalse();
    }

    private static void keep(Path configuration, String project, String conversation) throws IOException {
        Path projects =
                Files.createDirectories(configuration.resolve("projects").resolve(project));
        Files.writeString(projects.resolve(conversation + ".jsonl"), "{}");
    }
}
