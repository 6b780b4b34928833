package dev.katra.gateway.codec;

import dev.katra.core.upstream.Quirk;
import dev.katra.gateway.messages.DocumentBlocks;
import dev.katra.gateway.request.Block;
import dev.katra.gateway.request.MessagesRequest;
import dev.katra.gateway.upstream.Target;
import java.util.List;
import java.util.stream.Stream;

/** Handles images and documents, of which not every model takes every kind. */
public final class Attachments {

    private Attachments() {}

    /** Returns the blocks, with a text in place of each block that the target cannot take. */
    public static List<Block> replaceUnsupported(List<Block> blocks, Target target, boolean documentLinks) {
        return blocks.stream()
                .map(block -> isSupported(block, target, documentLinks) ? block : omitted(block, target))
                .toList();
    }

    /** Returns whether any of the blocks is not text. */
    public static boolean containAttachments(List<Block> blocks) {
        return blocks.stream().anyMatch(block -> !(block instanceof Block.Text));
    }

    /** Returns the names of the images and documents in the history that this target cannot take, each once. */
    public static List<String> omitted(MessagesRequest request, Target target, boolean documentLinks) {
        return request.turns().stream()
                .flatMap(turn -> turn.blocks().stream())
                .flatMap(block ->
                        block instanceof Block.ToolResult result ? result.content().stream() : Stream.of(block))
                .filter(block -> !isSupported(block, target, documentLinks))
                .map(Attachments::name)
                .distinct()
                .toList();
    }

    private static String name(Block block) {
        return block instanceof Block.Document document ? document.name() : "an image";
    }

    private static boolean isSupported(Block block, Target target, boolean documentLinks) {
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
        return new Block.Text(
                block instanceof Block.Image
                        ? "[image omitted: unsupported by %s]".formatted(target.model())
                        : DocumentBlocks.omissionNote(name(block), target.model()));
    }
}
