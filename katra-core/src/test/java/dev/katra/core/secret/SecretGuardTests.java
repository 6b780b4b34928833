package dev.katra.core.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.katra.core.failure.Failure;
import dev.katra.core.memory.ExportedMemory;
import dev.katra.core.memory.MemoryAuthor;
import dev.katra.core.memory.MemoryChange;
import dev.katra.core.memory.MemoryKind;
import dev.katra.core.memory.MemoryOrigin;
import dev.katra.core.memory.MemoryScope;
import dev.katra.core.memory.MemoryTransfer;
import dev.katra.core.memory.NewMemory;
import dev.katra.core.persona.Actor;
import dev.katra.core.room.NewMessage;
import dev.katra.core.testing.TestStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.MapPropertySource;

/** No way leads a secret into the store, unless the owner has it so. */
class SecretGuardTests {

    private static final String KEY = "ghp_" + "a1B2c3D4e5F6".repeat(3);

    @TempDir
    Path folder;

    @Test
    void secretsAreMaskedHoweverTheyCome() throws IOException {
        try (TestStore store = open("mask")) {
            write(store);
            assertThat(store.reads().run(() -> store.jdbc()
                            .sql("SELECT text FROM message UNION ALL SELECT content FROM memory")
                            .query(String.class)
                            .list()))
                    .hasSize(4)
                    .allMatch(text -> text.contains("[GitHub token]"));
            assertThat(store.bean(SecretGuard.class).maskedIn(List.of("is " + KEY, "no secret", KEY)))
                    .isEqualTo("GitHub token (2)");
        }
        assertThat(keyIsInAFile()).isFalse();
    }

    @Test
    void secretsAreRefusedWhereThatIsSet() throws IOException {
        try (TestStore store = open("refuse")) {
            Actor ada = store.human("Ada");
            long number = store.memory()
                    .remember(ada, NewMemory.note("nothing"), null)
                    .number();
            for (ThrowingCallable way : List.<ThrowingCallable>of(
                    () -> store.room().say(ada, NewMessage.toRoom("is " + KEY), null),
                    () -> store.memory().remember(ada, NewMemory.note("is " + KEY), null),
                    () -> store.memory().edit(ada, number, MemoryChange.content(KEY), null),
                    () -> store.memory().remember(ada, tagged(), null),
                    () -> store.bean(MemoryTransfer.class).importAll(List.of(imported())))) {
                assertThatThrownBy(way)
                        .isInstanceOf(Failure.class)
                        .hasMessageContaining("has a secret in it: GitHub token")
                        .hasMessageNotContaining(KEY);
            }
        }
        assertThat(keyIsInAFile()).isFalse();
    }

    @Test
    void secretsAreKeptWhereThatIsSet() throws IOException {
        try (TestStore store = open("keep")) {
            write(store);
            assertThat(store.bean(SecretGuard.class).maskedIn(List.of(KEY))).isEmpty();
        }
        assertThat(keyIsInAFile()).isTrue();
    }

    private TestStore open(String handling) {
        return TestStore.open(folder, Clock.systemUTC(), context -> context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("test", Map.of("katra.secrets", handling))));
    }

    private static void write(TestStore store) {
        Actor ada = store.human("Ada");
        store.room().say(ada, NewMessage.toRoom("is " + KEY), null);
        long number = store.memory().remember(ada, tagged(), null).number();
        store.memory().edit(ada, number, MemoryChange.content("now " + KEY), null);
        store.bean(MemoryTransfer.class).importAll(List.of(imported()));
    }

    private static NewMemory tagged() {
        return new NewMemory("is " + KEY, MemoryKind.NOTE, MemoryScope.TEAM, 3, List.of(KEY));
    }

    private static ExportedMemory imported() {
        return ExportedMemory.single(
                "u-1",
                new MemoryAuthor("Ada", true),
                NewMemory.note("imported " + KEY),
                MemoryOrigin.unknown(Instant.EPOCH));
    }

    private boolean keyIsInAFile() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(KEY)) {
                    return true;
                }
            }
            return false;
        }
    }
}
