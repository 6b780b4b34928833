package dev.katra.mcp.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.memory.MemoryChange;
import dev.katra.core.memory.MemoryKind;
import dev.katra.core.memory.MemoryScope;
import dev.katra.core.memory.MemoryService;
import dev.katra.core.memory.NewMemory;
import dev.katra.core.persona.Actor;
import dev.katra.core.session.SessionService;
import dev.katra.mcp.RunningServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a session is told of the memory at its start. */
class StartTextTests {

    @TempDir
    Path home;

    @Test
    void memoriesHaveTheirNumberAndAuthorAndTheNewestRevision() {
        try (RunningServer server = RunningServer.start(home)) {
            SessionService sessions = server.bean(SessionService.class);
            MemoryService memories = server.bean(MemoryService.class);
            Actor teller = sessions.actor(server.session("Teller").session());
            Actor hearer = sessions.actor(server.session("Hearer").session());
            StartText start = server.bean(StartText.class);
            assertThat(start.of(hearer)).doesNotContain("Remembered");

            memories.remember(
                    teller, new NewMemory("my own\nconcern", MemoryKind.NOTE, MemoryScope.PRIVATE, 5, List.of()), null);
            memories.remember(teller, NewMemory.note("deploy on Monday"), null);
            memories.edit(teller, 2, MemoryChange.content("deploy on Tuesday"), null);

            assertThat(start.of(hearer))
                    .endsWith("\nRemembered (katra_recall finds more, and \"#12\" gives 12 whole):"
                            + "\n#3 Teller: deploy on Tuesday");
            assertThat(start.of(teller)).contains("\n#1 Teller: my own concern");
        }
    }

    @Test
    void whatIsLongCostsNoMoreThanItsBeginning() {
        try (RunningServer server = RunningServer.start(home)) {
            SessionService sessions = server.bean(SessionService.class);
            MemoryService memories = server.bean(MemoryService.class);
            Actor actor = sessions.actor(server.session("Hearer").session());
            for (String letter : List.of("a", "ü", "\n", "🦊", "word ")) {
                int times = NewMemory.MAX_BYTES / letter.getBytes(StandardCharsets.UTF_8).length - 1;
                memories.remember(actor, NewMemory.note("x" + letter.repeat(times)), null);
            }
            StartText start = server.bean(StartText.class);
            start.of(actor);
            long begun = System.nanoTime();
            for (int i = 0; i < 10; i++) {
                start.of(actor);
            }
            assertThat(Duration.ofNanos((System.nanoTime() - begun) / 10)).isLessThan(Duration.ofMillis(200));

            String text = start.of(actor);
            assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(StartText.MAX_BYTES);
            assertThat(text.lines().filter(line -> line.startsWith("#")))
                    .hasSize(5)
                    .allSatisfy(line ->
                            assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(150))
                    .anySatisfy(line -> assertThat(line).endsWith("üüü…"))
                    .anySatisfy(line -> assertThat(line).endsWith("🦊🦊…"))
                    .anySatisfy(line -> assertThat(line).endsWith("Hearer: x "));
        }
    }
}
