package dev.katra.launcher.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.usage.ReportedRequest;
import dev.katra.core.usage.TokenCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranscriptUsageTests {

    private static final String PROMPT = "{\"type\":\"user\",\"promptId\":\"p1\",\"message\":{\"content\":\"hi\"}}\n";

    @TempDir
    Path folder;

    private final TranscriptUsage transcripts = new TranscriptUsage();

    @Test
    void readsEachBlockOfAnAnswerWithItsRequest() throws IOException {
        Path file = file(PROMPT + answer("req_1", "msg_1", 7, false) + answer("req_1", "msg_1", 9, false));

        List<ReportedRequest> read = read(file, 0, Files.size(file));

        assertThat(read).hasSize(2).allMatch(each -> each.id().equals("req_1"));
        assertThat(read.get(1).at()).isEqualTo(Instant.parse("2026-11-30T20:27:30.881Z"));
        assertThat(read.get(1).model()).isEqualTo("opus");
        assertThat(read.get(1).turn()).isEqualTo(new ReportedRequest.Turn("p1", false));
        assertThat(read.get(1).outcome().tokens()).isEqualTo(new TokenCounts(101, 11, 3, 9));
    }

    @Test
    void goesByTheAnswersIdWhereTheProviderGivesRequestsNone() throws IOException {
        Path file = file(answer(null, "msg_1", 7, true));
        ReportedRequest read = read(file, 0, Files.size(file)).get(0);
        assertThat(read.id()).isEqualTo("msg_1");
        assertThat(read.turn().subAgent()).isTrue();
    }

    @Test
    void readsWholeLinesFromAPosition() throws IOException {
        String first = answer("req_1", "msg_1", 7, false);
        String second = answer("req_2", "msg_2", 8, false);
        Path file = file(first + second.substring(0, 40));
        read(file, 0, first.length());
        Files.writeString(file, second.substring(40), StandardOpenOption.APPEND);
        assertThat(read(file, first.length(), Files.size(file)))
                .extracting(ReportedRequest::id)
                .containsExactly("req_2");
        assertThat(read(file, Files.size(file) + 10, Files.size(file))).isEmpty();
    }

    @Test
    void passesOverWhatIsNoRequest() throws IOException {
        String synthetic = answer("req_1", "msg_1", 7, false).replace("opus", "<synthetic>");
        String text = synthetic + "no json with \"usage\"\n{\"type\":\"assistant\",\"message\":{\"usage\":1}}\n\n"
                + answer("req_2", "msg_2", 7, false).replace("2026-11-30T20", "yesterday")
                + "x".repeat(5 * 1024 * 1024) + "\n";
        Path file = file(text);
        assertThat(read(file, 0, Files.size(file))).isEmpty();
    }

    @Test
    void findsTheTranscriptsOfSubAgents() throws IOException {
        Path file = file("");
        Path agents = Files.createDirectories(folder.resolve("c/subagents"));
        Path agent = Files.createFile(agents.resolve("agent-1.jsonl"));
        Files.createFile(agents.resolve("agent-1.meta.json"));
        assertThat(transcripts.family(file)).containsExactly(file, agent);
        assertThat(transcripts.family(folder.resolve("other.jsonl"))).containsExactly(folder.resolve("other.jsonl"));
        assertThat(transcripts.family(folder.resolve("other.txt"))).isEmpty();
    }

    private List<ReportedRequest> read(Path file, long from, long to) throws IOException {
        List<ReportedRequest> read = new ArrayList<>();
        assertThat(transcripts.read(file, from, read::add)).isEqualTo(to);
        return read;
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("c.jsonl"), text);
    }

    private static String answer(
            @org.jspecify.annotations.Nullable String request, String message, int output, boolean agent) {
        return "{\"isSidechain\":" + agent + (request == null ? "" : ",\"requestId\":\"" + request + "\"")
                + ",\"type\":\"assistant\",\"timestamp\":\"2026-11-30T20:27:30.881Z\",\"message\":{\"id\":\"" + message
                + "\",\"model\":\"opus\",\"usage\":{\"input_tokens\":101,\"cache_creation_input_tokens\":3,"
                + "\"cache_read_input_tokens\":11,\"output_tokens\":" + output + "}}}\n";
    }
}
