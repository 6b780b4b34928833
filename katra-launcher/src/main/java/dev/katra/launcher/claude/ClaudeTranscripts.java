package dev.katra.launcher.claude;

import dev.katra.core.failure.Failure;
import dev.katra.core.turn.ImportedTurn;
import dev.katra.core.turn.TranscriptReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the client's transcripts, {@code projects/<folder>/<id>.jsonl} in its configuration folder: a line of JSON for each
 * prompt, each block of an answer, and for much else. Those of sub-agents are in folders of their own, and left out.
 */
final class ClaudeTranscripts implements TranscriptReader {

    private static final String PROJECTS = "projects";
    private static final String EXTENSION = ".jsonl";

    /** The size of the end of a transcript in which the last turn is looked for, in bytes. */
    private static final int TAIL_BYTES = 512 * 1024;

    @Override
    public Path folder(Path userHome) {
        return userHome.resolve(".claude").resolve(PROJECTS);
    }

    @Override
    public List<Path> files(Path path) {
        if (!Files.exists(path)) {
            throw Failure.notFound("there is no " + path)
                    .hint("katra turns import PATH: a transcript, or a folder with them");
        }
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> below = Files.walk(path, 3)) {
            return below.filter(ClaudeTranscripts::isTranscript)
                    .filter(file -> !isOfSubAgent(file))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw unreadable(path, e);
        }
    }

    @Override
    public void read(Path transcript, Consumer<ImportedTurn> turns) {
        TranscriptTurns reading = new TranscriptTurns(turns);
        try (InputStream in = Files.newInputStream(transcript)) {
            TranscriptLines.all(in, line -> line(line, reading));
        } catch (IOException e) {
            throw unreadable(transcript, e);
        }
        reading.finish();
    }

    @Override
    public Optional<String> saidLast(Path transcript) {
        if (!transcript.isAbsolute() || !isTranscript(transcript) || !isInProjects(transcript)) {
            return Optional.empty();
        }
        TranscriptTurns reading = TranscriptTurns.ofWhatWasSaid();
        try (SeekableByteChannel file = Files.newByteChannel(transcript)) {
            file.position(Math.max(0, file.size() - TAIL_BYTES));
            // The first line may be cut, and is no JSON then.
            TranscriptLines.all(Channels.newInputStream(file), line -> line(line, reading));
        } catch (IOException e) {
            return Optional.empty();
        }
        return reading.said();
    }

    private static boolean isTranscript(Path file) {
        return file.toString().endsWith(EXTENSION) && Files.isRegularFile(file);
    }

    private static boolean isOfSubAgent(Path file) {
        return file.toString().contains("/subagents/")
                || String.valueOf(file.getFileName()).startsWith("agent-");
    }

    private static boolean isInProjects(Path file) {
        Path folder = file.normalize().getParent();
        return folder != null
                && folder.getParent() != null
                && folder.getParent().endsWith(PROJECTS);
    }

    private static void line(String line, TranscriptTurns reading) {
        if (!line.contains("\"user\"") && !line.contains("\"assistant\"")) {
            return;
        }
        try {
            JsonNode read = JsonMapper.shared().readTree(line);
            if (read != null) {
                reading.line(read);
            }
        } catch (JacksonException e) {
            // it is not one of the client's
        }
    }

    private static Failure unreadable(Path path, Exception e) {
        return Failure.unavailable("cannot read " + path + ": " + e.getMessage())
                .hint(Failure.DISK)
                .cause(e);
    }
}
