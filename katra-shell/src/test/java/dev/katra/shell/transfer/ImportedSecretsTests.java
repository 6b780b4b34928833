package dev.katra.shell.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.memory.MemoryTransfer;
import dev.katra.core.session.SessionService;
import dev.katra.core.testing.TestStore;
import dev.katra.shell.console.ExitCode;
import dev.katra.shell.console.Outcome;
import dev.katra.shell.room.ActorResolver;
import dev.katra.shell.testing.Options;
import dev.katra.shell.testing.TestCaller;
import dev.katra.shell.transfer.claude.ClaudeMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.MapPropertySource;

/** What an import tells of the secrets in a file. */
class ImportedSecretsTests {

    private static final String KEY = "ghp_" + "a1B2c3D4e5F6".repeat(3);

    @TempDir
    Path folder;

    private final TestCaller caller = TestCaller.of("memory", "import").variable("USER", "Ada");

    @Test
    void saysInHowManyMemoriesSecretsWereMasked() throws IOException {
        assertThat(imported("mask")).isEqualTo(Outcome.OK);

        assertThat(caller.out()).isEqualTo("imported 3, known already 0\n");
        assertThat(caller.err())
                .isEqualTo("katra: masked the secrets in 2 memories"
                        + " (katra.secrets in server.properties changes that)\n");
    }

    @Test
    void saysWhichMemoriesWereRefusedForASecret() throws IOException {
        assertThat(imported("refuse")).isEqualTo(new Outcome.Exit(ExitCode.INVALID));

        assertThat(caller.out()).isEqualTo("imported 1, known already 0, not imported 2\n");
        assertThat(caller.err().lines())
                .hasSize(2)
                .allMatch(line -> line.contains("has a secret in it: GitHub token (leave it out"))
                .noneMatch(line -> line.contains(KEY));
        assertThat(caller.err()).contains("line 1: the memory has", "line 3: the tag has");
    }

    @Test
    void saysNothingOfSecretsThatAreKept() throws IOException {
        assertThat(imported("keep")).isEqualTo(Outcome.OK);

        assertThat(caller.out()).isEqualTo("imported 3, known already 0\n");
        assertThat(caller.err()).isEmpty();
    }

    private Outcome imported(String handling) throws IOException {
        Path file = Files.write(
                folder.resolve("memories.jsonl"),
                List.of(
                        "{\"content\":\"the token is " + KEY + "\"}",
                        "{\"content\":\"no secret\"}",
                        "{\"content\":\"tagged\",\"tags\":[\"" + KEY + "\"]}"));
        try (TestStore store = TestStore.open(folder, Clock.systemUTC(), context -> context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("test", Map.of("katra.secrets", handling))))) {
            return new MemoryImportCommand(
                            new ClaudeMemory(),
                            store.bean(MemoryTransfer.class),
                            new ActorResolver(store.personas(), store.bean(SessionService.class)),
                            Clock.systemUTC())
                    .importFrom(caller.caller(), "katra", Options.NOT_NAMED, Options.TEXT, file.toString());
        }
    }
}
