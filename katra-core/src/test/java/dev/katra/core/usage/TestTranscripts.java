package dev.katra.core.usage;

import dev.katra.core.usage.ReportedRequest.Origin;
import dev.katra.core.usage.ReportedRequest.Outcome;
import dev.katra.core.usage.ReportedRequest.Turn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Transcripts with a line {@code <time> <id> <input> <output>} for each request. */
final class TestTranscripts implements UsageTranscripts {

    @Override
    public List<Path> family(Path transcript) {
        List<Path> family = new ArrayList<>(List.of(transcript));
        Path agent = Path.of(transcript.toString().replace(".jsonl", ""), "subagents", "agent-a.jsonl");
        if (Files.exists(agent)) {
            family.add(agent);
        }
        return family;
    }

    @Override
    public long read(Path transcript, long position, Consumer<ReportedRequest> requests) throws IOException {
        String text = Files.readString(transcript).substring((int) position);
        String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        for (String line : whole.lines().toList()) {
            String[] parts = line.split(" ", -1);
            requests.accept(new ReportedRequest(
                    parts[1],
                    Origin.TRANSCRIPT,
                    Instant.parse(parts[0]),
                    "m",
                    new Turn(null, transcript.toString().contains("subagents")),
                    new Outcome(
                            false,
                            new TokenCounts(Long.parseLong(parts[2]), 0, 0, Long.parseLong(parts[3])),
                            null,
                            0)));
        }
        return position + whole.getBytes(StandardCharsets.UTF_8).length;
    }
}
