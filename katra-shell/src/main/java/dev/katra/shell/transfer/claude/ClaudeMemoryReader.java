package dev.katra.shell.transfer.claude;

import dev.katra.core.memory.ExportedMemory;
import dev.katra.core.memory.MemoryAuthor;
import dev.katra.core.memory.MemoryBody;
import dev.katra.core.memory.MemoryKind;
import dev.katra.core.memory.MemoryOrigin;
import dev.katra.core.memory.NewMemory;
import dev.katra.shell.transfer.AgentMemory.MemoryText;
import dev.katra.shell.transfer.FrontMatter;
import dev.katra.shell.transfer.ImportBatch;
import dev.katra.shell.transfer.MemoryUids;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Claude Code keeps as Markdown: files of one memory each, with a name, a description and a type before it;
 * and files of instructions such as {@code CLAUDE.md}, of which each section becomes a note.
 */
final class ClaudeMemoryReader {

    /** The form of a line of an index, which leads to a memory that has a file of its own. */
    private static final Pattern LINK = Pattern.compile("\\s*[-*]\\s*\\[.+?]\\([^)]+\\.md\\).*");

    private static final Pattern SECTION = Pattern.compile("#{1,2}\\s+\\S.*");
    private static final Pattern HEADING = Pattern.compile("#{1,6}\\s+.*");

    private final MemoryAuthor author;
    private final ImportBatch batch;

    ClaudeMemoryReader(MemoryAuthor author, ImportBatch batch) {
        this.author = author;
        this.batch = batch;
    }

    void read(MemoryText source) {
        FrontMatter file = FrontMatter.of(source.text());
        if (file.value("description").isEmpty() && file.value("name").isEmpty()) {
            for (String section : sections(file.body())) {
                String heading = section.lines().findFirst().orElse("");
                batch.add(
                        source.name() + ", \"" + heading + "\"",
                        () -> memory(section, MemoryKind.NOTE, List.of("claude-code"), source.at(), source.project()));
            }
            return;
        }
        String type = file.value("type");
        List<String> tags = new ArrayList<>(List.of("claude-code"));
        List.of(type, file.value("name")).forEach(word -> addTag(tags, word));
        batch.add(
                source.name(),
                () -> memory(
                        content(file),
                        type.equals("feedback") ? MemoryKind.DECISION : MemoryKind.FACT,
                        tags,
                        modified(file, source.at()),
                        source.project()));
    }

    private ExportedMemory memory(
            String content, MemoryKind kind, List<String> tags, Instant at, @Nullable String folder) {
        return ExportedMemory.single(
                MemoryUids.of(author, content),
                author,
                new NewMemory(MemoryBody.note(content).kind(kind).tags(tags)),
                MemoryOrigin.inFolder(at, folder));
    }

    private static String content(FrontMatter file) {
        String description = file.value("description");
        if (description.isEmpty() || file.body().contains(description)) {
            return file.body();
        }
        return file.body().isEmpty() ? description : description + "\n\n" + file.body();
    }

    private static Instant modified(FrontMatter file, Instant usual) {
        try {
            return OffsetDateTime.parse(file.value("modified")).toInstant();
        } catch (DateTimeException e) {
            return usual;
        }
    }

    private static void addTag(List<String> tags, String word) {
        String tag = word.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", "-");
        if (!tag.isEmpty() && tag.getBytes(StandardCharsets.UTF_8).length <= NewMemory.MAX_TAG_BYTES) {
            tags.add(tag);
        }
    }

    /**
     * Returns the parts below headings of the first and second level, each with its heading, without lines of an index.
     */
    static List<String> sections(String text) {
        List<String> sections = new ArrayList<>();
        StringBuilder section = new StringBuilder();
        boolean code = false;
        for (String line : text.lines().toList()) {
            code ^= line.strip().startsWith("```");
            if (!code && SECTION.matcher(line).matches()) {
                add(sections, section);
                section.setLength(0);
            }
            if (code || !LINK.matcher(line).matches()) {
                section.append(line).append('\n');
            }
        }
        add(sections, section);
        return sections;
    }

    private static void add(List<String> sections, StringBuilder section) {
        String text = section.toString().strip();
        boolean says = text.lines()
                .anyMatch(line ->
                        !line.isBlank() && !HEADING.matcher(line.strip()).matches());
        if (says) {
            sections.add(text.replaceFirst("^#+\\s+", ""));
        }
    }
}
