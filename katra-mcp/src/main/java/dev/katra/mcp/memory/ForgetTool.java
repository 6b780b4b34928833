package dev.katra.mcp.memory;

import dev.katra.core.memory.MemoryService;
import dev.katra.mcp.tool.Answer;
import dev.katra.mcp.tool.Says;
import dev.katra.mcp.tool.Tool;
import dev.katra.mcp.tool.ToolCall;
import org.springframework.stereotype.Component;

/** {@code katra_forget}. */
@Component
class ForgetTool implements Tool<ForgetTool.Input, ForgetTool.Output> {

    record Input(@Says("memory number") long id) {}

    record Output(long number) implements Answer {
        @Override
        public String text() {
            return "memory " + number + " is forgotten";
        }
    }

    private final MemoryService memories;

    ForgetTool(MemoryService memories) {
        this.memories = memories;
    }

    @Override
    public Definition<Input, Output> definition() {
        return new Definition<>("katra_forget", "Remove a memory of yours for good.", Input.class, Output.class, false);
    }

    @Override
    public Output call(Input arguments, ToolCall call) {
        return new Output(memories.forget(call.actor(), arguments.id()).number());
    }
}
