package dev.katra.launcher.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.katra.core.failure.Failure;
import dev.katra.core.turn.ImportedTurn;
import dev.katra.core.turn.TurnBody;
import dev.katra.core.turn.TurnKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transcripts as Claude Code 2.1.332 writes them. */
class ClaudeTranscriptsTests {

    private static final String HEAD = """
            {"type":"queue-operation","operation":"enqueue","timestamp":"2026-11-30T15:43:32.598Z","content":"\\"user\\""}
            no JSON with "user"
            {"type":"user","promptId":"p1","isSidechain":false,"sessionId":"c1","cwd":"/work","timestamp":"2026-11-30T15:43:33.379Z","message":{"role":"user","content":"Which port?"}}
            {"type":"assistant","isSidechain":false,"sessionId":"c1","timestamp":"2026-11-30T15:43:34Z","message":{"id":"m1","content":[{"type":"text","text":"Let me look."}]}}
            {"type":"assistant","isSidechain":false,"sessionId":"c1","timestamp":"2026-11-30T15:43:34Z","message":{"id":"m1","content":[{"type":"tool_use","name":"Bash"}]}}
            {"type":"user","promptId":"p1","isSidechain":false,"sessionId":"c1","timestamp":"2026-11-30T15:43:35Z","message":{"content":[{"type":"tool_result","content":"5544"}]}}
            {"type":"assistant","isSidechain":true,"sessionId":"c1","timestamp":"2026-11-30T15:43:36Z","message":{"id":"m9","content":[{"type":"text","text":"by an agent"}]}}
            {"type":"assistant","isSidechain":false,"sessionId":"c1","timestamp":"2026-11-30T15:43:37Z","message":{"id":"m2","content":[{"type":"text","text":"It is 5544."}]}}
            {"type":"assistant","isSidechain":false,"sessionId":"c1","timestamp":"2026-11-30T15:43:38Z","message":{"id":"m2","content":[{"type":"text","text":"Anything else?"}]}}
            """;
    private static final String REST = """
            {"type":"user","isCompactSummary":true,"promptId":"p2","sessionId":"c1","timestamp":"2026-11-30T15:44:00Z","message":{"content":"Summary: the port is 5544."}}
            {"type":"user","isMeta":true,"promptId":"p2","sessionId":"c1","timestamp":"2026-11-30T15:44:01Z","message":{"content":"<local-command-caveat>no</local-command-caveat>"}}
            {"type":"user","promptId":"p2","sessionId":"c1","timestamp":"2026-11-30T15:44:01Z","message":{"content":"<command-name>/compact</command-name>"}}
            {"type":"user","uuid":"u3","sessionId":"c1","timestamp":"2026-11-30T15:45:00Z","message":{"content":[{"type":"image"},{"type":"text","text":"And the host?"}]}}
            {"type":"user","promptId":"p4","sessionId":"c1","timestamp":"2026-11-30T15:46:00Z","message":{"content":"Katra: mail for you. It is shown with this prompt; if not, call katra_hear."}}
            {"type":"assistant","isApiErrorMessage":true,"sessionId":"c1","timestamp":"2026-11-30T15:46:01Z","message":{"id":"m3","content":[{"type":"text","text":"API Error"}]}}
            {"type":"assistant","sessionId":"c1","timestamp":"2026-11-30T15:46:02Z","message":{"id":"m4","content":[{"type":"text","text":"I told them."}]}}
            {"type":"user","promptId":"bad id","sessionId":"c1","timestamp":"2026-11-30T15:47:00Z","message":{"content":"lost"}}
            """;

    @TempDir
    Path folder;

    private final ClaudeTranscripts transcripts = new ClaudeTranscripts();

    @Test
    void readsPromptsLastAnswersAndWhatACompactionLeft() throws IOException {
        List<ImportedTurn> turns = new ArrayList<>();
        transcripts.read(written("c1.jsonl", HEAD + REST), turns::add);
        assertThat(turns)
                .extracting(ImportedTurn::key, ImportedTurn::body)
                .containsExactly(
                        tuple(new TurnKey("c1", "p2", true), TurnBody.EMPTY.answer("Summary: the port is 5544.")),
                        tuple(
                                new TurnKey("c1", "p1", false),
                                new TurnBody("Which port?", "It is 5544.\nAnything else?")),
                        tuple(new TurnKey("c1", "u3", false), TurnBody.EMPTY.prompt("And the host?")),
                        tuple(new TurnKey("c1", "p4", false), TurnBody.EMPTY.answer("I told them.")));
        ImportedTurn first = turns.get(1);
        assertThat(first.at()).isEqualTo(Instant.parse("2026-11-30T15:43:33.379Z"));
        assertThat(first.endedAt()).isEqualTo(Instant.parse("2026-11-30T15:43:38Z"));
        assertThat(first.folder()).isEqualTo("/work");
    }

    @Test
    void readsTheEndOfATranscriptAndOfNothingElse() throws IOException {
        Path transcript = written("projects/-work/c1.jsonl", "x".repeat(600_000) + "\n" + HEAD);
        assertThat(transcripts.saidLast(transcript)).contains("Let me look.\n\nIt is 5544.\n\nAnything else?");
        assertThat(transcripts.saidLast(written("projects/-work/c1.json", HEAD)))
                .isEmpty();
        assertThat(transcripts.saidLast(written("elsewhere/-work/c1.jsonl", HEAD)))
                .isEmpty();
        assertThat(transcripts.saidLast(Path.of("projects/-work/c1.jsonl"))).isEmpty();
        assertThat(transcripts.saidLast(folder.resolve("projects/-work/none.jsonl")))
                .isEmpty();
    }

    @Test
    void findsTheTranscriptsOfAllProjectsAndNoneOfSubAgents() throws IOException {
        Path one = written("projects/-a/c1.jsonl", HEAD);
        Path two = written("projects/-b/c2.jsonl", HEAD);
        written("projects/-b/c2/subagents/agent-1.jsonl", HEAD);
        written("projects/-b/agent-2.jsonl", HEAD);
        written("projects/-b/memory/MEMORY.md", "");
        assertThat(transcripts.folder(folder)).isEqualTo(folder.resolve(".claude/projects"));
        assertThat(transcripts.files(folder.resolve("projects"))).containsExactly(one, two);
        assertThat(transcripts.files(one)).containsExactly(one);
        assertThat(catchThrowableOfType(Failure.class, () -> transcripts.files(folder.resolve("none"))))
                .hasMessage("there is no " + folder.resolve("none"));
    }

    private Path written(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
