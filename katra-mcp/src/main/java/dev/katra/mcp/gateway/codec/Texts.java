package dev.katra.mcp.gateway.codec;

import dev.katra.mcp.gateway.request.Block;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What blocks say in plain text. */
public final class Texts {

    private Texts() {}

    /** The texts of these blocks, one under the other. */
    public static String of(List<Block> blocks) {
        return blocks.stream()
                .filter(Block.Text.class::isInstance)
                .map(block -> ((Block.Text) block).text())
                .collect(Collectors.joining("\n"));
    }

    /** The text of a result; an error says that it is one. */
    public static String of(Block.ToolResult result) {
        return marked(result, of(result.content()));
    }

    /** The text of a result without what it returned besides, but with a word that it is there. */
    public static String withoutAttachments(Block.ToolResult result) {
        String text = of(result.content());
        if (!Attachments.any(result.content())) {
            return marked(result, text);
        }
        boolean images = result.content().stream().anyMatch(Block.Image.class::isInstance);
        String below = images ? "[image attached below]" : "[document attached below]";
        return marked(result, text.isEmpty() ? below : text + "\n" + below);
    }

    /** A system turn for a model that takes it only from a user. */
    public static String reminder(String text) {
        return "<system-reminder>\n" + text + "\n</system-reminder>";
    }

    private static String marked(Block.ToolResult result, String text) {
        String start = text.stripLeading().toLowerCase(Locale.ROOT);
        boolean says = start.startsWith("error") || start.startsWith("<tool_use_error>");
        return result.error() && !says ? "Error: " + text : text;
    }
}
