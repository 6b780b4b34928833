package dev.katra.launcher.claude;

import dev.katra.core.usage.ReportedRequest;
import dev.katra.core.usage.ReportedRequest.Origin;
import dev.katra.core.usage.TokenCounts;
import dev.katra.core.usage.UsageTranscripts;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the requests in the client's transcripts: each block of an answer is a line with the id of its request and with the
 * tokens of the whole answer as far as the client knew them. A sub-agent's transcript is beside that of its conversation, in
 * {@code <id>/subagents/agent-<name>.jsonl}. Measured on Claude Code 2.1.332.
 */
final class TranscriptUsage implements UsageTranscripts {

    private static final String EXTENSION = ".jsonl";

    /** The name that the client gives the model of what it has written itself. */
    private static final String NO_MODEL = "<synthetic>";

    @Override
    public List<Path> family(Path transcript) {
        String name = transcript.toString();
        if (!name.endsWith(EXTENSION)) {
            return List.of();
        }
        List<Path> family = new ArrayList<>(List.of(transcript));
        Path agents = Path.of(name.substring(0, name.length() - EXTENSION.length()), "subagents");
        if (Files.isDirectory(agents)) {
            try (Stream<Path> below = Files.list(agents)) {
                below.filter(file -> file.toString().endsWith(EXTENSION))
                        .sorted()
                        .forEach(family::add);
            } catch (IOException e) {
                // it is gone, or not to be read, and with it what the sub-agents have asked
            }
        }
        return family;
    }

    @Override
    public long read(Path transcript, long position, Consumer<ReportedRequest> requests) throws IOException {
        try (SeekableByteChannel file = Files.newByteChannel(transcript)) {
            if (position > file.size()) {
                return file.size(); // it was cut
            }
            file.position(position);
            return position + TranscriptLines.whole(Channels.newInputStream(file), new Reading(requests)::line);
        }
    }

    /** A Reading takes the lines of one transcript in their order. */
    private static final class Reading {

        private final Consumer<ReportedRequest> requests;
        private @Nullable String promptId;

        Reading(Consumer<ReportedRequest> requests) {
            this.requests = requests;
        }

        void line(String line) {
            boolean answers = line.contains("\"usage\"");
            if (!answers && !line.contains("\"promptId\"")) {
                return;
            }
            try {
                JsonNode read = JsonMapper.shared().readTree(line);
                String type = read.path("type").asString("");
                if (type.equals("user") && read.path("promptId").isString()) {
                    promptId = read.path("promptId").asString();
                } else if (answers && type.equals("assistant")) {
                    request(read).ifPresent(requests);
                }
            } catch (JacksonException | DateTimeParseException e) {
                // it is not one of the client's
            }
        }

        private Optional<ReportedRequest> request(JsonNode line) {
            JsonNode message = line.path("message");
            JsonNode usage = message.path("usage");
            String id = line.path("requestId").asString(message.path("id").asString(""));
            String model = message.path("model").asString("");
            if (id.isEmpty() || model.isEmpty() || model.equals(NO_MODEL) || !usage.isObject()) {
                return Optional.empty();
            }
            boolean subAgent = line.path("isSidechain").asBoolean(false)
                    || line.path("agentId").isString();
            TokenCounts tokens = new TokenCounts(
                    number(usage, "input_tokens"),
                    number(usage, "cache_read_input_tokens"),
                    number(usage, "cache_creation_input_tokens"),
                    number(usage, "output_tokens"));
            return Optional.of(new ReportedRequest(
                    id,
                    Origin.TRANSCRIPT,
                    Instant.parse(line.path("timestamp").asString("")),
                    model,
                    new ReportedRequest.Turn(promptId, subAgent),
                    new ReportedRequest.Outcome(false, tokens, null, 0)));
        }

        private static long number(JsonNode usage, String name) {
            return Math.max(0, Math.min(usage.path(name).asLong(0), ReportedRequest.MAX_TOKENS));
        }
    }
}
