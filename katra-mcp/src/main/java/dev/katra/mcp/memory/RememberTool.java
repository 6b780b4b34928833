package dev.katra.mcp.memory;

import dev.katra.core.memory.MemoryBody;
import dev.katra.core.memory.MemoryChange;
import dev.katra.core.memory.MemoryDetails;
import dev.katra.core.memory.MemoryKind;
import dev.katra.core.memory.MemoryScope;
import dev.katra.core.memory.MemoryService;
import dev.katra.core.memory.NewMemory;
import dev.katra.core.memory.RememberResult;
import dev.katra.core.secret.SecretGuard;
import dev.katra.mcp.tool.ArgumentDescription;
import dev.katra.mcp.tool.MaskedText;
import dev.katra.mcp.tool.Tool;
import dev.katra.mcp.tool.ToolAnswer;
import dev.katra.mcp.tool.ToolCall;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Implements {@code katra_remember}. */
@Component
class RememberTool implements Tool<RememberTool.Input, RememberTool.Output> {

    record Input(
            String content,
            @Nullable MemoryKind kind,
            @Nullable List<String> tags,

            @ArgumentDescription("1 to 5, usually 3") @Nullable
            Integer importance,

            @Nullable MemoryScope scope,

            @ArgumentDescription("your memory that this replaces") @Nullable
            Long supersedes) {

        NewMemory memory() {
            return change().of(MemoryBody.note(content));
        }

        MemoryChange change() {
            return new MemoryChange(content, kind, scope, importance, tags);
        }
    }

    /**
     * Holds how the memory was stored.
     *
     * @param known true if it was remembered before, which counts as a confirmation; otherwise absent
     * @param supersedes the number of the memory that it supersedes
     * @param masked the secrets in the content and the tags that were not stored
     */
    record Output(
            long number,
            @Nullable Boolean known,
            @Nullable Long supersedes,
            @Nullable String masked) implements ToolAnswer {
        @Override
        public String text() {
            if (known != null) {
                return "already known as " + number + ", confirmed" + MaskedText.of(masked);
            }
            return "remembered as memory " + number
                    + (supersedes == null ? "" : ", which supersedes memory " + supersedes)
                    + MaskedText.of(masked);
        }
    }

    private final MemoryService memories;
    private final SecretGuard secrets;

    RememberTool(MemoryService memories, SecretGuard secrets) {
        this.memories = memories;
        this.secrets = secrets;
    }

    @Override
    public Definition<Input, Output> definition() {
        return new Definition<>(
                "katra_remember",
                "Keep something beyond this conversation, for the team or privately.",
                Input.class,
                Output.class,
                false);
    }

    @Override
    public Output call(Input arguments, ToolCall call) {
        String masked = MaskedText.orNull(secrets.maskedIn(arguments.change().texts()));
        Long supersedes = arguments.supersedes();
        if (supersedes == null) {
            RememberResult remembered = memories.remember(call.actor(), arguments.memory(), call.toolUseId());
            return new Output(remembered.number(), remembered.confirmed() ? true : null, null, masked);
        }
        MemoryDetails revision = memories.edit(call.actor(), supersedes, arguments.change(), call.toolUseId());
        return revision.number() == supersedes
                ? new Output(revision.number(), true, null, masked)
                : new Output(revision.number(), null, revision.lineage().supersedes(), masked);
    }
}
