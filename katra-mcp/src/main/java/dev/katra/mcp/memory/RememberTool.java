package dev.katra.mcp.memory;

import dev.katra.core.memory.KnownMemory;
import dev.katra.core.memory.MemoryChange;
import dev.katra.core.memory.MemoryKind;
import dev.katra.core.memory.MemoryScope;
import dev.katra.core.memory.MemoryService;
import dev.katra.core.memory.NewMemory;
import dev.katra.core.memory.Remembered;
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
            @Nullable MemoryScope scope,

            @Says("number of your memory that this replaces") @Nullable
            Long supersedes) {

        NewMemory memory() {
            return new NewMemory(
                    content,
                    Objects.requireNonNullElse(kind, MemoryKind.NOTE),
                    Objects.requireNonNullElse(scope, MemoryScope.TEAM),
                    Objects.requireNonNullElse(importance, NewMemory.USUAL_IMPORTANCE),
                    Objects.requireNonNullElse(tags, List.of()));
        }

        MemoryChange change() {
            return new MemoryChange(content, kind, scope, importance, tags);
        }
    }

    /**
     * What came of it.
     *
     * @param known true if it was remembered before, which counts as a confirmation
     * @param supersedes the number that holds no longer
     */
    record Output(
            long number, @Nullable Boolean known, @Nullable Long supersedes) implements Answer {
        @Override
        public String text() {
            if (known != null) {
                return "already known as " + number + ", confirmed";
            }
            return "remembered as memory " + number
                    + (supersedes == null ? "" : ", which supersedes memory " + supersedes);
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
        Long supersedes = arguments.supersedes();
        if (supersedes == null) {
            Remembered remembered = memories.remember(call.actor(), arguments.memory(), call.toolUseId());
            return new Output(remembered.number(), remembered.confirmed() ? true : null, null);
        }
        KnownMemory revision = memories.edit(call.actor(), supersedes, arguments.change(), call.toolUseId());
        return revision.number() == supersedes
                ? new Output(revision.number(), true, null)
                : new Output(revision.number(), null, revision.supersedes());
    }
}
