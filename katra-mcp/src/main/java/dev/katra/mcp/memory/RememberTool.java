package dev.katra.mcp.memory;

import dev.katra.core.failure.Failure;
import dev.katra.core.memory.MemoryBody;
import dev.katra.core.memory.MemoryChange;
import dev.katra.core.memory.MemoryDetails;
import dev.katra.core.memory.MemoryKind;
import dev.katra.core.memory.MemoryScope;
import dev.katra.core.memory.MemoryService;
import dev.katra.core.memory.NewMemory;
import dev.katra.core.memory.RememberResult;
import dev.katra.core.persona.Actor;
import dev.katra.core.secret.SecretGuard;
import dev.katra.mcp.tool.ArgumentDescription;
import dev.katra.mcp.tool.MaskedText;
import dev.katra.mcp.tool.Tool;
import dev.katra.mcp.tool.ToolAnswer;
import dev.katra.mcp.tool.ToolCall;
import java.time.Clock;
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

            @ArgumentDescription("yours that this replaces") @Nullable
            Long supersedes,

            @ArgumentDescription("another's that is wrong") @Nullable
            Long contradicts) {

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
     * @param contradicts the number of the memory that it contradicts
     * @param near the memory that holds and is nearest to it, if that is so near that one may replace the other, with what
     *     to do then
     * @param masked the secrets in the content and the tags that were not stored
     */
    record Output(
            long number,
            @Nullable Boolean known,
            @Nullable Long supersedes,
            @Nullable Long contradicts,
            @Nullable String near,
            @Nullable String masked)
            implements ToolAnswer {
        @Override
        public String text() {
            String done = known != null && contradicts == null
                    ? "already known as " + number + ", confirmed"
                    : "remembered as memory " + number
                            + (supersedes == null ? "" : ", which supersedes memory " + supersedes)
                            + (contradicts == null ? "" : ", which contradicts memory " + contradicts);
            return done + MaskedText.of(masked) + (near == null ? "" : "\nnear, and it holds:\n" + near);
        }
    }

    private final MemoryService memories;
    private final SecretGuard secrets;
    private final Clock clock;

    RememberTool(MemoryService memories, SecretGuard secrets, Clock clock) {
        this.memories = memories;
        this.secrets = secrets;
        this.clock = clock;
    }

    @Override
    public Definition<Input, Output> definition() {
        return new Definition<>(
                "katra_remember", "Keep something beyond this conversation.", Input.class, Output.class, false);
    }

    @Override
    public Output call(Input arguments, ToolCall call) {
        String masked = MaskedText.orNull(secrets.maskedIn(arguments.change().texts()));
        Long supersedes = arguments.supersedes();
        Long contradicts = arguments.contradicts();
        if (supersedes == null) {
            RememberResult remembered =
                    memories.remember(call.actor(), arguments.memory(), call.toolUseId(), contradicts);
            return new Output(
                    remembered.number(),
                    remembered.confirmed() ? true : null,
                    null,
                    contradicts,
                    nearest(call.actor(), remembered.memory()),
                    masked);
        }
        if (contradicts != null) {
            throw Failure.invalid("a memory cannot supersede one and contradict another in one call")
                    .hint("let it supersede yours first, then remember it again with contradicts");
        }
        MemoryDetails revision = memories.edit(call.actor(), supersedes, arguments.change(), call.toolUseId());
        String near = nearest(call.actor(), revision);
        return revision.number() == supersedes
                ? new Output(revision.number(), true, null, null, near, masked)
                : new Output(revision.number(), null, supersedes, null, near, masked);
    }

    private @Nullable String nearest(Actor actor, MemoryDetails memory) {
        return memories.nearest(actor, memory)
                .map(near -> MemoryOutput.listed(near, clock.instant()).lines()
                        + "\nif yours replaces it, say yours again with "
                        + (near.author().name().equals(actor.persona()) ? "supersedes " : "contradicts ")
                        + near.number())
                .orElse(null);
    }
}
