package dev.katra.launcher.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.turn.ImportedTurn;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class TranscriptTurnsTests {

    /** The number of characters that may be held at once: an answer's, and less than a line's. */
    private static final int MOST = (1 << 20) + 100_000;

    @TempDir
    Path folder;

    /** A model that works for days on one prompt says megabytes, in many messages or in many parts of one. */
    @Test
    void holdsOneTurnHoweverMuchIsSaid() throws IOException {
        Path transcript = folder.resolve("long.jsonl");
        String words = "word ".repeat(10_000);
        try (Writer out = Files.newBufferedWriter(transcript)) {
            out.write(line("user", "", "p1", "begin"));
            for (int n = 0; n < 200; n++) {
                out.write(line("assistant", "m" + n, "p1", words));
            }
            out.write(line("user", "", "p2", "go on"));
            for (int n = 0; n < 200; n++) {
                out.write(line("assistant", "same", "p2", n + " " + words));
            }
        }
        assertThat(Files.size(transcript)).isGreaterThan(20_000_000);

        List<ImportedTurn> turns = new ArrayList<>();
        TranscriptTurns reading = new TranscriptTurns(turns::add);
        int most = 0;
        try (Stream<String> lines = Files.lines(transcript)) {
            for (String line : (Iterable<String>) lines::iterator) {
                reading.line(JsonMapper.shared().readTree(line));
                most = Math.max(most, reading.held());
            }
        }
        reading.finish();

        assertThat(most).isLessThan(MOST);
        assertThat(turns).extracting(turn -> turn.body().prompt()).containsExactly("begin", "go on");
        assertThat(turns.get(0).body().answer()).isEqualTo(words);
        assertThat(turns.get(1).body().answer())
                .startsWith("0 word ")
                .contains("199 word ")
                .endsWith("word ");
        List<ImportedTurn> read = new ArrayList<>();
        new ClaudeTranscripts().read(transcript, read::add);
        assertThat(read).isEqualTo(turns);
    }

    private static String line(String type, String message, String prompt, String text) {
        return "{\"type\":\"" + type + "\",\"promptId\":\"" + prompt
                + "\",\"sessionId\":\"c1\",\"timestamp\":\"2026-01-01T10:00:00Z\",\"message\":{\"id\":\"" + message
                + "\",\"content\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}}\n";
    }
}
