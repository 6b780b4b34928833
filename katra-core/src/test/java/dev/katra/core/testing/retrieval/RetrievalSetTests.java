package dev.katra.core.testing.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.memory.MemoryScope;
import dev.katra.core.testing.retrieval.RetrievalSet.Half;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether the set can be answered at all. */
class RetrievalSetTests {

    private final Map<String, TeamMemory> memories =
            RetrievalSet.read().memories().stream().collect(Collectors.toMap(TeamMemory::key, Function.identity()));

    @Test
    void whatReplacesSomethingIsNewer() {
        assertThat(memories).hasSizeGreaterThanOrEqualTo(300);
        assertThat(memories.values()).allSatisfy(memory -> {
            if (memory.supersedes() != null) {
                assertThat(memory.at()).isAfter(memory(memory.supersedes()).at());
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void everyAnswerIsThereBeforeItIsAskedForAndMayBeFound(Half half) {
        assertThat(half.questions()).hasSizeGreaterThanOrEqualTo(75).allSatisfy(question -> {
            assertThat(question.expected()).allSatisfy(key -> assertThat(memory(key))
                    .matches(memory -> memory.visibleTo(question.viewer()))
                    .matches(memory -> memory.at().isBefore(question.now())));
            assertThat(question.below()).allSatisfy(key -> assertThat(memories).containsKey(key));
            assertThat(question.forbidden()).allSatisfy(key -> assertThat(memory(key))
                    .matches(memory -> memory.memory().body().scope() == MemoryScope.PRIVATE)
                    .matches(memory -> !memory.visibleTo(question.viewer())));
        });
    }

    @Test
    void bothHalvesAskTheSameClassesEquallyOften() {
        assertThat(classes(Half.TUNE)).isEqualTo(classes(Half.HELD_OUT)).hasSize(12);
    }

    @Test
    void someAreLongAndMostAreShort() {
        List<Integer> sizes = memories.values().stream()
                .map(memory -> memory.memory().body().content().getBytes(StandardCharsets.UTF_8).length)
                .toList();
        assertThat(sizes).allMatch(size -> size <= 20_000);
        assertThat(sizes).filteredOn(size -> size < 500).hasSizeGreaterThanOrEqualTo(400);
        assertThat(sizes).filteredOn(size -> size >= 1_000 && size < 3_000).hasSizeGreaterThanOrEqualTo(12);
        assertThat(sizes).filteredOn(size -> size >= 3_000 && size < 8_000).hasSizeGreaterThanOrEqualTo(14);
        assertThat(sizes).filteredOn(size -> size >= 8_000).hasSizeGreaterThanOrEqualTo(10);
    }

    private static Map<String, Long> classes(Half half) {
        return half.questions().stream().collect(Collectors.groupingBy(RetrievalQuestion::type, Collectors.counting()));
    }

    private TeamMemory memory(String key) {
        return Objects.requireNonNull(memories.get(key), key);
    }
}
