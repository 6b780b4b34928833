package dev.katra.shell.transfer.claude;

import dev.katra.core.failure.Failure;
import dev.katra.shell.transfer.AgentMemory.MemoryFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds the files in which Claude Code keeps its memory: {@code CLAUDE.md} of its configuration, and for each project
 * {@code projects/NAME/memory}. The name of a project's folder does not say where the project is; its transcripts do.
 */
final class ClaudeFolder {

    private static final int MAX_TRANSCRIPT_LINES = 50;

    private ClaudeFolder() {}

    /** Returns all files of memory: those of a configuration, of a project's memory, or the one file. */
    static List<MemoryFile> files(Path path) {
        if (!Files.exists(path)) {
            throw Failure.notFound("there is no " + path)
                    .hint("name what is to be imported: katra memory import --from claude PATH");
        }
        try {
            if (!Files.isDirectory(path)) {
                return List.of(new MemoryFile(path, projectFolder(path)));
            }
            List<MemoryFile> files = new ArrayList<>();
            Path projects = path.resolve("projects");
            if (!Files.isDirectory(projects)) {
                add(files, path, projectFolder(path.resolve("MEMORY.md")));
                return files;
            }
            if (Files.isRegularFile(path.resolve("CLAUDE.md"))) {
                files.add(new MemoryFile(path.resolve("CLAUDE.md"), null));
            }
            for (Path project : in(projects)) {
                Path memory = project.resolve("memory");
                if (Files.isDirectory(memory)) {
                    add(files, memory, projectFolder(memory.resolve("MEMORY.md")));
                }
            }
            return files;
        } catch (IOException | UncheckedIOException e) {
            throw Failure.unavailable("cannot read " + path + ": " + e.getMessage())
                    .hint(Failure.DISK)
                    .cause(e);
        }
    }

    private static void add(List<MemoryFile> files, Path folder, @Nullable String project) throws IOException {
        for (Path file : below(folder)) {
            if (Files.isRegularFile(file) && file.toString().endsWith(".md")) {
                files.add(new MemoryFile(file, project));
            }
        }
    }

    private static List<Path> in(Path folder) throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.sorted(Comparator.naturalOrder()).toList();
        }
    }

    private static List<Path> below(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.sorted(Comparator.naturalOrder()).toList();
        }
    }

    /**
     * Returns the folder that the transcripts beside a project's memory name; for a CLAUDE.md of a project, its own
     * folder.
     */
    private static @Nullable String projectFolder(Path file) throws IOException {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        if (file.endsWith("CLAUDE.md") || file.endsWith("CLAUDE.local.md")) {
            return folder.endsWith(".claude") ? null : folder.toString();
        }
        Path above = folder.getParent();
        if (!folder.endsWith("memory") || above == null) {
            return null;
        }
        for (Path transcript : in(above)) {
            if (transcript.toString().endsWith(".jsonl")) {
                String cwd = cwd(transcript);
                if (cwd != null) {
                    return cwd;
                }
            }
        }
        return null;
    }

    private static @Nullable String cwd(Path transcript) throws IOException {
        try (Stream<String> lines = Files.lines(transcript, StandardCharsets.ISO_8859_1)) {
            return lines.limit(MAX_TRANSCRIPT_LINES)
                    .filter(line -> line.contains("\"cwd\""))
                    .map(line -> new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
                    .map(ClaudeFolder::cwd)
                    .filter(folder -> !folder.isEmpty())
                    .findFirst()
                    .orElse(null);
        }
    }

    private static String cwd(String line) {
        try {
            return JsonMapper.shared().readTree(line).path("cwd").asString("");
        } catch (JacksonException e) {
            return "";
        }
    }
}
