package dev.katra.mcp.memory;

import dev.katra.core.memory.MemoryKind;
import dev.katra.core.memory.MemoryScope;
import dev.katra.core.memory.MemoryService;
import dev.katra.core.memory.NewMemory;
import dev.katra.mcp.tool.Answer;
import dev.katra.mcp.tool.Says;
import dev.katra.mcp.tool.Tool;
import dev.katra.mcp.tool.ToolCall;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@code katra_remember}. */
@Component
class RememberTool implements Tool<RememberTool.Input, RememberTool.Output> {

    record Input(
            String content,
            @Nullable MemoryKind kind,
            @Nullable List<String> tags,
            @Says("1 to 5, usually 3") @Nullable Integer importance,
            @Nullable MemoryScope scope) {

        NewMemory memory() {
            return new NewMemory(
                    content,
                    Objects.requireNonNullElse(kind, MemoryKind.NOTE),
                    Objects.requireNonNullElse(scope, MemoryScope.TEAM),
                    Objects.requireNonNullElse(importance, NewMemory.USUAL_IMPORTANCE),
                    Objects.requireNonNullElse(tags, List.of()));
        }
    }

    record Output(long number) implements Answer {
        @Override
        public String text() {
            return "remembered as memory " + number;
        }
    }

    private final MemoryService memories;

    RememberTool(MemoryService memories) {
        this.memories = memories;
    }

    @Override
    public Definition<Input, Output> definition() {
        return new Definition<>(
                "katra_remember",
                "Keep something beyond this conversation, for the whole team or privately.",
                Input.class,
                Output.class,
                false);
    }

    @Override
    public Output call(Input arguments, ToolCall call) {
        return new Output(memories.remember(call.actor(), arguments.memory(), call.toolUseId())
                .number());
    }
}
