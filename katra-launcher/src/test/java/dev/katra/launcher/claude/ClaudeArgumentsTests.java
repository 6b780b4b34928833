package dev.katra.launcher.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.katra.core.failure.Failure;
import dev.katra.launcher.agent.AgentLaunch.Briefing;
import dev.katra.launcher.agent.AgentLaunch.LaunchConversation;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClaudeArgumentsTests {

    private static final ClaudeFiles FILES = new ClaudeFiles(Path.of("/s/settings.json"), Path.of("/s/mcp.json"));

    @Test
    void aNewConversation() {
        List<String> argv = arguments(false, "openai/gpt 4", "reviewer", "-x; $(y)", "--verbose")
                .argv();

        assertThat(argv)
                .startsWith(
                        "/bin/claude",
                        "--settings=/s/settings.json",
                        "--mcp-config=/s/mcp.json",
                        "--session-id=uuid",
                        "--model=openai/gpt 4")
                .endsWith("--verbose", "--", "-x; $(y)");
        assertThat(argv.get(5))
                .startsWith("--append-system-prompt=You are Sam,")
                .contains("katra_say", "katra_hear")
                .endsWith("Your role: reviewer");
    }

    @Test
    void aConversationThatGoesOnWithoutAPrompt() {
        assertThat(arguments(true, null, null, null).argv())
                .contains("--resume=uuid")
                .noneMatch(argument -> argument.startsWith("--session-id") || argument.startsWith("--model"))
                .doesNotContain("--")
                .hasSize(5);
    }

    @Test
    void theUsersSystemPromptIsJoinedToOurs() {
        List<String> argv = arguments(false, null, null, null, "--append-system-prompt", "Be brief")
                .argv();

        assertThat(argv.get(4)).startsWith("--append-system-prompt=You are Sam").endsWith("\n\nBe brief");
        assertThat(argv).hasSize(5);
    }

    @Test
    void thePromptMayComeFromTheUsersArguments() {
        assertThat(arguments(false, null, null, null, "--verbose", "--", "hello")
                        .argv())
                .endsWith("--verbose", "--", "hello");
        assertThat(catchThrowableOfType(Failure.class, () -> arguments(false, null, null, "one", "--", "two"))
                        .text())
                .contains("given twice");
    }

    private static ClaudeArguments arguments(
            boolean resume, @Nullable String model, @Nullable String role, @Nullable String prompt, String... users) {
        return new ClaudeArguments(
                Path.of("/bin/claude"),
                new LaunchConversation("uuid", resume),
                new Briefing("Sam", role, prompt),
                model,
                FILES,
                UserArguments.parse(List.of(users)));
    }
}
