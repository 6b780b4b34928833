package dev.katra.mcp.memory;

import dev.katra.core.memory.ForgetResult;
import dev.katra.core.memory.MemoryDetails;
import dev.katra.core.memory.MemoryService;
import dev.katra.core.text.Excerpt;
import dev.katra.mcp.tool.AnswerText;
import dev.katra.mcp.tool.ArgumentDescription;
import dev.katra.mcp.tool.Tool;
import dev.katra.mcp.tool.ToolAnswer;
import dev.katra.mcp.tool.ToolCall;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Implements {@code katra_forget}. */
@Component
class ForgetTool implements Tool<ForgetTool.Input, ForgetTool.Output> {

    private static final int MAX_SHOWN_BYTES = 200;

    record Input(@ArgumentDescription("memory number") long id) {}

    record Output(long number, List<Removed> removed) implements ToolAnswer {
        @Override
        public String text() {
            return removed.isEmpty()
                    ? "memory " + number + " was forgotten before"
                    : "forgotten:\n" + removed.stream().map(Removed::lines).collect(Collectors.joining("\n"));
        }
    }

    /** Shows a forgotten memory, or one of its earlier revisions, with the beginning of its content. */
    record Removed(long number, String content) {

        static Removed of(MemoryDetails memory) {
            return new Removed(
                    memory.number(),
                    Excerpt.of(memory.body().content(), List.of(), MAX_SHOWN_BYTES)
                            .text());
        }

        String lines() {
            return "#" + number + "\n" + AnswerText.indented(content);
        }
    }

    private final MemoryService memories;

    ForgetTool(MemoryService memories) {
        this.memories = memories;
    }

    @Override
    public Definition<Input, Output> definition() {
        return new Definition<>(
                "katra_forget",
                "Remove a memory of yours and its earlier revisions, for good.",
                Input.class,
                Output.class,
                false);
    }

    @Override
    public Output call(Input arguments, ToolCall call) {
        ForgetResult forgotten = memories.forget(call.actor(), arguments.id());
        return new Output(
                forgotten.number(),
                forgotten.memories().stream().map(Removed::of).toList());
    }
}
