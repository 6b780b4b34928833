package dev.katra.gateway.codec;

import dev.katra.gateway.request.Block;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes blocks as plain text. */
public final class BlockTexts {

    private BlockTexts() {}

    /** Returns the texts of these blocks, one per line. */
    public static String of(List<Block> blocks) {
        return blocks.stream()
                .filter(Block.Text.class::isInstance)
                .map(block -> ((Block.Text) block).text())
                .collect(Collectors.joining("\n"));
    }

    /** Returns the text of a result. The text of an error says that it is one. */
    public static String of(Block.ToolResult result) {
        return marked(result, of(result.content()));
    }

    /** Returns the text of a result without its images and documents, with a note that they are attached below. */
    public static String withoutAttachments(Block.ToolResult result) {
        String text = of(result.content());
        if (!Attachments.containAttachments(result.content())) {
            return marked(result, text);
        }
        boolean images = result.content().stream().anyMatch(Block.Image.class::isInstance);
        String below = images ? "[image attached below]" : "[document attached below]";
        return marked(result, text.isEmpty() ? below : text + "\n" + below);
    }

    /** Returns the text of a system turn, marked for a model that takes it only in a user's turn. */
    public static String reminder(String text) {
        return "<system-reminder>\n" + text + "\n</system-reminder>";
    }

    private static String marked(Block.ToolResult result, String text) {
        String start = text.stripLeading().toLowerCase(Locale.ROOT);
        boolean says = start.startsWith("error") || start.startsWith("<tool_use_error>");
        return result.error() && !says ? "Error: " + text : text;
    }
}
