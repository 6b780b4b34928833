package dev.katra.mcp.gateway.codec;

import dev.katra.core.upstream.Quirk;
import dev.katra.mcp.gateway.request.Block;
import dev.katra.mcp.gateway.upstream.Target;
import java.util.List;

/** Images and documents, of which not every model takes every kind. */
public final class Attachments {

    private Attachments() {}

    /** The blocks with a word in place of what the target cannot take. */
    public static List<Block> within(List<Block> blocks, Target target, boolean documentLinks) {
        return blocks.stream()
                .map(block -> taken(block, target, documentLinks) ? block : omitted(block, target))
                .toList();
    }

    /** Whether any of the blocks is not text. */
    public static boolean any(List<Block> blocks) {
        return blocks.stream().anyMatch(block -> !(block instanceof Block.Text));
    }

    private static boolean taken(Block block, Target target, boolean documentLinks) {
        if (block instanceof Block.Image image) {
            return !image.url().isEmpty() && !target.quirks().has(Quirk.NO_IMAGES);
        }
        if (block instanceof Block.Document document) {
            boolean reachable =
                    document.inline() || (documentLinks && !document.url().isEmpty());
            return reachable && target.quirks().has(Quirk.FILES);
        }
        return true;
    }

    private static Block omitted(Block block, Target target) {
        String what = block instanceof Block.Image ? "image" : "document";
        return new Block.Text("[%s omitted: unsupported by %s]".formatted(what, target.model()));
    }
}
