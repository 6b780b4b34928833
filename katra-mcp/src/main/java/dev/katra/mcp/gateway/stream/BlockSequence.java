package dev.katra.mcp.gateway.stream;

import dev.katra.mcp.gateway.answer.AnswerEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Makes the steps of an answer, which may overlap, into blocks that follow each other: the first unfinished block flows
 * as it comes, those behind it wait.
 */
final class BlockSequence {

    private final BlockListener listener;
    private final Deque<Pending> blocks = new ArrayDeque<>();
    private int next;

    BlockSequence(BlockListener listener) {
        this.listener = listener;
    }

    /** Whether there has been any block. */
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
            append(new Pending(BlockKind.TOOL, started.key(), started.id(), started.name()));
        } else if (event instanceof AnswerEvent.ToolArguments arguments) {
            Pending call = call(arguments.key());
            if (call != null) {
                call.add(arguments.json());
            }
        } else if (event instanceof AnswerEvent.ToolEnded ended) {
            Pending call = call(ended.key());
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

    /** The block at the end if it is of this kind and still open, else a new one. */
    private Pending last(BlockKind kind) {
        Pending last = blocks.peekLast();
        if (last != null && last.kind == kind && !last.ended) {
            return last;
        }
        return append(new Pending(kind, -1, "", ""));
    }

    private Pending append(Pending block) {
        Pending last = blocks.peekLast();
        if (last != null && last.kind != BlockKind.TOOL) {
            last.ended = true;
        }
        blocks.addLast(block);
        return block;
    }

    private @Nullable Pending call(int key) {
        for (Pending block : blocks) {
            if (block.kind == BlockKind.TOOL && block.key == key) {
                return block;
            }
        }
        return null;
    }

    private void flow() {
        Pending head = blocks.peekFirst();
        while (head != null) {
            head.flow();
            if (!head.ended) {
                return;
            }
            blocks.removeFirst();
            head = blocks.peekFirst();
        }
    }

    /** A block of which a part may not have been passed on. */
    private final class Pending {

        private final BlockKind kind;
        private final int key;
        private final String id;
        private final String name;
        private final StringBuilder waiting = new StringBuilder();
        private String signature = "";
        private int index = -1;
        private boolean ended;

        Pending(BlockKind kind, int key, String id, String name) {
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

        void flow() {
            if (index < 0) {
                index = next++;
                listener.begin(index, kind, id, name);
            }
            if (!waiting.isEmpty()) {
                listener.fill(index, kind, waiting.toString());
                waiting.setLength(0);
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
