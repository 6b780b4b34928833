package dev.katra.gateway.stream;

import dev.katra.gateway.answer.AnswerEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Turns the events of an answer, which may overlap, into blocks that follow each other. The first unfinished block is
 * passed on as it comes; those behind it wait.
 */
final class BlockSequence {

    private final BlockListener listener;
    private final Deque<PendingBlock> blocks = new ArrayDeque<>();
    private int next;

    BlockSequence(BlockListener listener) {
        this.listener = listener;
    }

    /** Returns whether there has been no block. */
    boolean empty() {
        return next == 0 && blocks.isEmpty();
    }

    void accept(AnswerEvent event) {
        if (event instanceof AnswerEvent.TextDelta delta) {
            last(BlockKind.TEXT).add(delta.text());
        } else if (event instanceof AnswerEvent.ThinkingDelta delta) {
            last(BlockKind.THINKING).add(delta.text());
        } else if (event instanceof AnswerEvent.ThinkingSigned signed) {
            last(BlockKind.THINKING).signed(signed.signature());
        } else if (event instanceof AnswerEvent.ToolStarted started) {
            append(new PendingBlock(BlockKind.TOOL, started.key(), started.id(), started.name()));
        } else if (event instanceof AnswerEvent.ToolArguments arguments) {
            PendingBlock call = call(arguments.key());
            if (call != null) {
                call.add(arguments.json());
            }
        } else if (event instanceof AnswerEvent.ToolEnded ended) {
            PendingBlock call = call(ended.key());
            if (call != null) {
                call.ended = true;
            }
        }
        flow();
    }

    /** Ends every block. */
    void finish() {
        blocks.forEach(block -> block.ended = true);
        flow();
    }

    /** Returns the last block if it is of this kind and still open, otherwise a new one. */
    private PendingBlock last(BlockKind kind) {
        PendingBlock last = blocks.peekLast();
        if (last != null && last.kind == kind && !last.ended) {
            return last;
        }
        return append(new PendingBlock(kind, -1, "", ""));
    }

    private PendingBlock append(PendingBlock block) {
        PendingBlock last = blocks.peekLast();
        if (last != null && last.kind != BlockKind.TOOL) {
            last.ended = true;
        }
        blocks.addLast(block);
        return block;
    }

    private @Nullable PendingBlock call(int key) {
        for (PendingBlock block : blocks) {
            if (block.kind == BlockKind.TOOL && block.key == key) {
                return block;
            }
        }
        return null;
    }

    private void flow() {
        PendingBlock head = blocks.peekFirst();
        while (head != null) {
            head.flow();
            if (!head.ended) {
                return;
            }
            blocks.removeFirst();
            head = blocks.peekFirst();
        }
    }

    /** A Pending is a block of which a part may not have been passed on. */
    private final class PendingBlock {

        private final BlockKind kind;
        private final int key;
        private final String id;
        private final String name;
        private final StringBuilder waiting = new StringBuilder();
        private String signature = "";
        private int index = -1;
        private boolean ended;

        PendingBlock(BlockKind kind, int key, String id, String name) {
            this.kind = kind;
            this.key = key;
            this.id = id;
            this.name = name;
        }

        void add(String more) {
            if (!ended) {
                waiting.append(more);
            }
        }

        void signed(String value) {
            signature = value;
            ended = true;
        }

        /**
         * Returns the length without half a character at the end. Endpoints cut a character in two; the first half
         * waits for the second.
         */
        private int wholeCharacters(int length) {
            boolean half = length > 0 && Character.isHighSurrogate(waiting.charAt(length - 1));
            return half && !ended ? length - 1 : length;
        }

        void flow() {
            if (index < 0) {
                index = next++;
                listener.begin(index, kind, id, name);
            }
            int ready = wholeCharacters(waiting.length());
            if (ready > 0) {
                listener.fill(index, kind, waiting.substring(0, ready));
                waiting.delete(0, ready);
            }
            if (ended) {
                if (!signature.isEmpty()) {
                    listener.sign(index, signature);
                }
                listener.end(index, kind);
            }
        }
    }
}
