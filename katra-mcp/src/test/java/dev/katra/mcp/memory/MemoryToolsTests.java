package dev.katra.mcp.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.memory.MemoryService;
import dev.katra.core.memory.NewMemory;
import dev.katra.core.persona.Actor;
import dev.katra.core.persona.PersonaService;
import dev.katra.mcp.RunningServer;
import dev.katra.mcp.TestClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a model is told of memories, over the wire. */
class MemoryToolsTests {

    private static final String LONG = "lorem ipsum dolor sit amet ".repeat(60);

    @TempDir
    static Path home;

    static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start(home);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void whatIsSaidAgainIsAConfirmation() {
        try (TestClient ann = TestClient.of(server, "again-Ann")) {
            Object number = number(remember(ann, "the walrus wakes at six", Map.of()));

            assertThat(text(ann.call("katra_remember", Map.of("content", "the walrus wakes at six"))))
                    .isEqualTo("already known as " + number + ", confirmed");
            assertThat(recall(ann, "walrus")).singleElement().satisfies(found -> assertThat(found)
                    .containsEntry("number", number)
                    .containsEntry("confirmed", 1));
        }
    }

    @Test
    void aWordThatIsNoneOfTheKnownNamesThose() {
        try (TestClient ann = TestClient.of(server, "words-Ann")) {
            assertThat(text(ann.call("katra_recall", Map.of("query", "x", "kind", "notes"))))
                    .isEqualTo("\"notes\" is not a kind\nhint: kind is note, fact or decision");
            assertThat(text(ann.call("katra_remember", Map.of("content", "x", "scope", "privat"))))
                    .isEqualTo("\"privat\" is not a scope\nhint: scope is team or private");
            assertThat(text(ann.call(
                            "katra_remember", Map.of("content", "x", "tags", Collections.singletonList(null)))))
                    .startsWith("the argument \"tags\" is of the wrong kind");
        }
    }

    @Test
    void theModelIsToldWhichSecretsWereNotStored() {
        String key = "ghp_" + "a1B2c3D4e5F6".repeat(3);
        try (TestClient ann = TestClient.of(server, "masked-Ann")) {
            CallToolResult first = ann.call(
                    "katra_remember",
                    Map.of("content", "the ferret's token is " + key + " and " + key, "tags", List.of(key)));
            Object number = number(structured(first));

            assertThat(structured(first)).containsEntry("masked", "GitHub token (3)");
            assertThat(text(first))
                    .isEqualTo(
                            "remembered as memory " + number + "; masked, for secrets are not kept: GitHub token (3)");
            assertThat(remember(ann, "now " + key, Map.of("supersedes", number)))
                    .containsEntry("masked", "GitHub token");
            assertThat(remember(ann, "the ferret has none", Map.of())).doesNotContainKey("masked");
            assertThat(text(ann.call("katra_recall", Map.of("query", "ferret token"))))
                    .doesNotContain("ghp_");
        }
    }

    @Test
    void whatReplacesAMemorySupersedesIt() {
        try (TestClient ann = TestClient.of(server, "newer-Ann");
                TestClient ben = TestClient.of(server, "newer-Ben")) {
            Object old = number(remember(ann, "the ferry leaves at nine", Map.of("kind", "fact")));
            CallToolResult result =
                    ann.call("katra_remember", Map.of("content", "the ferry leaves at ten", "supersedes", old));
            Map<String, Object> newer = structured(result);

            assertThat(text(result))
                    .isEqualTo("remembered as memory " + number(newer) + ", which supersedes memory " + old);
            assertThat(recall(ben, "when does the ferry leave?").get(0))
                    .containsEntry("number", number(newer))
                    .containsEntry("kind", "fact")
                    .containsEntry("supersedes", old)
                    .containsEntry("content", "the ferry leaves at ten");
            assertThat(text(ben.call("katra_recall", Map.of("query", "#" + old))))
                    .contains("SUPERSEDED by #" + number(newer), "  the ferry leaves at nine");
            assertThat(text(ben.call("katra_remember", Map.of("content", "at eleven", "supersedes", number(newer)))))
                    .contains("is newer-Ann's");
            assertThat(text(ann.call("katra_remember", Map.of("content", "at twelve", "supersedes", old))))
                    .contains("is superseded by memory " + number(newer));
        }
    }

    @Test
    void theNearestThatHoldsIsToldWithWhatToDo() {
        try (TestClient ann = TestClient.of(server, "near-Ann");
                TestClient ben = TestClient.of(server, "near-Ben")) {
            Object old = number(remember(ann, "the lighthouse lamp burns 40 litres", Map.of()));
            CallToolResult own =
                    ann.call("katra_remember", Map.of("content", "the lighthouse lamp now burns 60 litres"));
            Object next = number(structured(own));
            assertThat(text(own))
                    .matches("remembered as memory " + next + "\nnear, and it holds:\n#" + old
                            + " note by near-Ann \\(demo demo-1\\), \\d+s ago\n  the lighthouse lamp burns 40 litres\n"
                            + "if yours replaces it, say yours again with supersedes " + old);
            assertThat(text(ann.call(
                            "katra_remember",
                            Map.of("content", "the lighthouse lamp now burns 60 litres", "supersedes", old))))
                    .isEqualTo("remembered as memory " + next + ", which supersedes memory " + old);

            CallToolResult others =
                    ben.call("katra_remember", Map.of("content", "The lighthouse lamp burns 70 litres."));
            assertThat(text(others)).endsWith("say yours again with contradicts " + next);
            assertThat(text(ben.call(
                            "katra_remember",
                            Map.of("content", "the lighthouse lamp burns 70 litres", "contradicts", next))))
                    .isEqualTo("remembered as memory " + number(structured(others)) + ", which contradicts memory "
                            + next);
            assertThat(text(ann.call("katra_recall", Map.of("query", "lighthouse lamp litres"))))
                    .containsPattern("#" + next + " note .*CONTRADICTED by #" + number(structured(others))
                            + " of near-Ben, \\d+s ago")
                    .containsPattern(
                            "#" + number(structured(others)) + " note .*, contradicts #" + next + " of near-Ann");
            assertThat(text(ann.call("katra_remember", Map.of("content", "the lighthouse has a new keeper"))))
                    .startsWith("remembered as memory")
                    .doesNotContain("near");
            assertThat(text(ann.call(
                            "katra_remember", Map.of("content", "no lamp", "supersedes", next, "contradicts", next))))
                    .startsWith("a memory cannot supersede one and contradict another in one call\nhint: ");
        }
    }

    @Test
    void aLongMemoryIsCutAroundTheMatchAndItsNumberGivesTheWhole() {
        try (TestClient ann = TestClient.of(server, "long-Ann")) {
            String content = LONG + "the platypus door code is 4711 " + LONG;
            Object number = number(remember(ann, content, Map.of()));

            Map<String, Object> found = recall(ann, "platypus door code").get(0);
            assertThat((String) found.get("content"))
                    .contains("platypus door code is 4711")
                    .hasSizeLessThan(MemoryOutput.MAX_LISTED_BYTES + 10);
            assertThat((String) found.get("more")).contains("bytes left out", "katra_recall {\"query\":\"#" + number);

            assertThat(recall(ann, "#" + number)).singleElement().satisfies(whole -> {
                assertThat(whole).containsEntry("content", content).doesNotContainKey("more");
                assertThat((String) whole.get("at")).endsWith("Z");
            });
        }
    }

    @Test
    void aFoundMemorySaysWhoWhenAndWhy() {
        Actor boss = Actor.human(server.bean(PersonaService.class).ensure("why-Boss", true));
        server.bean(MemoryService.class).remember(boss, NewMemory.note("the giraffe is on holiday"), null);
        try (TestClient ann = TestClient.of(server, "why-Ann")) {
            remember(ann, "my giraffe is green", Map.of("scope", "private", "tags", List.of("zoo")));

            assertThat(text(ann.call("katra_recall", Map.of("query", "giraffes on holiday?", "author", "why-boss"))))
                    .matches("#" + number(recall(ann, "giraffe holiday").get(0))
                            + " note by why-Boss \\(a person\\), \\d+s ago \\[giraffes, holiday]\n"
                            + "  the giraffe is on holiday");
            assertThat(recall(ann, "green giraffe").get(0))
                    .containsEntry("scope", "private")
                    .containsEntry("tags", List.of("zoo"))
                    .containsEntry("why", "green, giraffe");
        }
    }

    @Test
    void filtersNarrowRecallAndRecent() {
        try (TestClient ann = TestClient.of(server, "narrow-Ann");
                TestClient ben = TestClient.of(server, "narrow-Ben")) {
            remember(ann, "otter one", Map.of("kind", "decision", "tags", List.of("river", "north")));
            remember(ann, "otter two", Map.of("tags", List.of("river")));
            remember(ben, "otter three", Map.of("scope", "private"));

            assertThat(contents(ben, "katra_recall", Map.of("query", "otter", "kind", "decision")))
                    .containsExactly("otter one");
            assertThat(contents(ben, "katra_recall", Map.of("query", "otter", "tags", List.of("river", "north"))))
                    .containsExactly("otter one");
            assertThat(contents(ben, "katra_recall", Map.of("query", "otter", "scope", "private")))
                    .containsExactly("otter three");
            assertThat(contents(ben, "katra_recall", Map.of("query", "otter", "author", "narrow-ann")))
                    .containsExactlyInAnyOrder("otter one", "otter two");
            assertThat(contents(ben, "katra_recall", Map.of("query", "otter", "since", "2h")))
                    .hasSize(3);
            assertThat(contents(ben, "katra_recall", Map.of("query", "otter", "since", "2999-01-01")))
                    .isEmpty();
            assertThat(contents(ben, "katra_recent", Map.of("author", "narrow-Ann")))
                    .containsExactly("otter two", "otter one");
            assertThat(contents(ben, "katra_recent", Map.of("scope", "private")))
                    .containsExactly("otter three");
            CallToolResult one = ben.call("katra_recent", Map.of("limit", 1, "tags", List.of("river")));
            assertThat(text(one)).contains("otter two").endsWith("\nthere are older ones");
        }
    }

    @Test
    void aTimeThatIsNoneIsAnErrorThatShowsSome() {
        try (TestClient ann = TestClient.of(server, "time-Ann")) {
            CallToolResult result = ann.call("katra_recall", Map.of("query", "x", "since", "soon"));

            assertThat(result.isError()).isTrue();
            assertThat(text(result)).startsWith("\"soon\" is not a time to begin at\nhint: an age such as 2h or 7d");
        }
    }

    @Test
    void forgettingSaysWhatIsGone() {
        try (TestClient ann = TestClient.of(server, "gone-Ann")) {
            Object old = number(remember(ann, "badger one", Map.of()));
            Object newer = number(remember(ann, "badger two", Map.of("supersedes", old)));

            assertThat(text(ann.call("katra_forget", Map.of("id", newer))))
                    .isEqualTo("forgotten:\n#" + old + "\n  badger one\n#" + newer + "\n  badger two");
            assertThat(text(ann.call("katra_forget", Map.of("id", newer))))
                    .isEqualTo("memory " + newer + " was forgotten before");
            assertThat(recall(ann, "badger")).isEmpty();
            assertThat(text(ann.call("katra_recall", Map.of("query", "#" + newer))))
                    .startsWith("there is no memory " + newer);
        }
    }

    @Test
    void theBestOfManyAreShownWithTheTotal() {
        try (TestClient ann = TestClient.of(server, "many-Ann")) {
            for (int n = 0; n < 12; n++) {
                remember(ann, "hedgehog number " + n, Map.of());
            }

            CallToolResult result = ann.call("katra_recall", Map.of("query", "hedgehog"));

            assertThat(text(result)).endsWith("\nthe best 10 of 12");
            assertThat(structured(result)).containsEntry("total", 12);
        }
    }

    private static Map<String, Object> remember(TestClient client, String content, Map<String, Object> more) {
        Map<String, Object> arguments = new java.util.HashMap<>(more);
        arguments.put("content", content);
        return client.answer("katra_remember", arguments);
    }

    private static List<Map<String, Object>> recall(TestClient client, String query) {
        return memories(client.call("katra_recall", Map.of("query", query)));
    }

    private static List<@Nullable Object> contents(TestClient client, String tool, Map<String, Object> arguments) {
        return memories(client.call(tool, arguments)).stream()
                .<@Nullable Object>map(memory -> memory.get("content"))
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> memories(CallToolResult result) {
        return (List<Map<String, Object>>)
                Objects.requireNonNull(structured(result).get("memories"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> structured(CallToolResult result) {
        assertThat(result.isError()).as(text(result)).isNotEqualTo(true);
        return (Map<String, Object>) result.structuredContent();
    }

    private static Object number(Map<String, Object> answer) {
        return Objects.requireNonNull(answer.get("number"));
    }

    private static String text(CallToolResult result) {
        return TestClient.text(result);
    }
}
