package dev.katra.shell.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a guide asks its reader to do, in order. The word behind the fence says what a block is: {@code bash} holds
 * commands, {@code console} commands behind a "$" and what each prints, {@code crontab} lines of a crontab, {@code
 * properties} lines of a configuration file. A command goes on in the next line if that is indented, or is the word
 * {@code done}.
 */
public final class GuideSteps {

    private static final Pattern FENCE = Pattern.compile("( *)```(\\w*)");
    private static final Pattern CRON = Pattern.compile("(?:[\\d*,/-]+ +){5}(.*)");

    /** What a reader does in one step. */
    public enum Kind {
        COMMAND,
        CONFIGURATION
    }

    /**
     * One step.
     *
     * @param place the document and the line, for people
     * @param section the number of headings before it
     * @param text the command without the comment at its end, or the lines for the file
     * @param output what the command prints; null where that is not shown
     */
    public record Step(
            String place,
            int section,
            Kind kind,
            String text,
            @Nullable String output) {}

    private final Path document;
    private final List<String> lines;
    private final List<Step> steps = new ArrayList<>();
    private int section;
    private int at;

    private GuideSteps(Path document, List<String> lines) {
        this.document = document;
        this.lines = lines;
    }

    /** Returns the steps of a document. */
    public static List<Step> of(Path document) throws IOException {
        GuideSteps reader = new GuideSteps(document, Files.readAllLines(document));
        reader.read();
        return List.copyOf(reader.steps);
    }

    private void read() {
        while (at < lines.size()) {
            String line = lines.get(at++);
            Matcher fence = FENCE.matcher(line);
            if (fence.matches()) {
                block(fence.group(1).length(), fence.group(2));
            } else if (line.startsWith("#")) {
                section++;
            }
        }
    }

    private void block(int indent, String language) {
        int first = at;
        List<String> block = new ArrayList<>();
        while (!lines.get(at).strip().equals("```")) {
            String line = lines.get(at++);
            block.add(line.isEmpty() ? line : line.substring(indent));
        }
        at++;
        switch (language) {
            case "bash" -> commands(block, first);
            case "console" -> session(block, first);
            case "crontab" -> crontab(block, first);
            case "properties" -> add(first, Kind.CONFIGURATION, String.join("\n", block), null);
            default -> throw new IllegalStateException(place(first) + ": what is a block of \"" + language + "\"?");
        }
    }

    private void commands(List<String> block, int first) {
        int begin = 0;
        for (int end = 1; end <= block.size(); end++) {
            if (end == block.size() || !block.get(end).matches("\\s.*|done")) {
                String command = withoutComment(String.join("\n", block.subList(begin, end)));
                if (!command.isEmpty()) {
                    add(first + begin, Kind.COMMAND, command, null);
                }
                begin = end;
            }
        }
    }

    private void session(List<String> block, int first) {
        int begin = 0;
        for (int end = 1; end <= block.size(); end++) {
            if (end == block.size() || block.get(end).startsWith("$ ")) {
                String command = block.get(begin).replaceFirst("^\\$ ", "");
                add(
                        first + begin,
                        Kind.COMMAND,
                        command,
                        String.join("\n", block.subList(begin + 1, end)).strip());
                begin = end;
            }
        }
    }

    /** A line of a crontab says when, and then what a shell is to run; there "\%" is a "%". */
    private void crontab(List<String> block, int first) {
        for (int i = 0; i < block.size(); i++) {
            Matcher line = CRON.matcher(block.get(i));
            if (!line.matches()) {
                throw new IllegalStateException(place(first + i) + ": not a line of a crontab");
            }
            add(first + i, Kind.COMMAND, line.group(1).replace("\\%", "%").replace("/path/to/katra", "katra"), null);
        }
    }

    private static String withoutComment(String command) {
        return command.replaceFirst("(^|\\s+)# .*$", "").strip();
    }

    private void add(int line, Kind kind, String text, @Nullable String output) {
        steps.add(new Step(place(line), section, kind, text, output));
    }

    /** Lines are counted from 1 for people, and from 0 here. */
    private String place(int line) {
        return document.getFileName() + ":" + (line + 1);
    }
}
