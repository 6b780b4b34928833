package dev.katra.mcp.memory;

import dev.katra.core.memory.MemoryKind;
import dev.katra.core.memory.MemoryScope;
import dev.katra.core.memory.MemoryService;
import dev.katra.core.memory.RecallQuery;
import dev.katra.core.memory.RecentMemories;
import dev.katra.mcp.tool.AnswerText;
import dev.katra.mcp.tool.Tool;
import dev.katra.mcp.tool.ToolAnswer;
import dev.katra.mcp.tool.ToolCall;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Implements {@code katra_recent}. */
@Component
class RecentTool implements Tool<RecentTool.Input, RecentTool.Output> {

    record Input(
            @Nullable Integer limit,
            @Nullable String author,
            @Nullable MemoryKind kind,
            @Nullable List<String> tags,
            @Nullable String since,
            @Nullable MemoryScope scope) {}

    record Output(List<MemoryOutput> memories, boolean more) implements ToolAnswer {
        @Override
        public String text() {
            if (memories.isEmpty()) {
                return "no memory matches";
            }
            String newest = memories.stream().map(MemoryOutput::lines).collect(Collectors.joining("\n"));
            return newest + (more ? "\nthere are older ones" : "");
        }
    }

    private final MemoryService memories;
    private final Clock clock;

    RecentTool(MemoryService memories, Clock clock) {
        this.memories = memories;
        this.clock = clock;
    }

    @Override
    public Definition<Input, Output> definition() {
        return new Definition<>(
                "katra_recent", "The newest; arguments as in katra_recall.", Input.class, Output.class, true);
    }

    @Override
    public Output call(Input arguments, ToolCall call) {
        Instant now = clock.instant();
        RecentMemories recent = memories.recent(
                call.actor(),
                MemoryFilterArguments.of(
                        arguments.author(),
                        arguments.kind(),
                        arguments.tags(),
                        arguments.since(),
                        arguments.scope(),
                        clock),
                Objects.requireNonNullElse(arguments.limit(), RecallQuery.DEFAULT_LIMIT));
        List<MemoryOutput> views = recent.memories().stream()
                .map(memory -> MemoryOutput.listed(memory, now))
                .toList();
        List<MemoryOutput> shown = AnswerText.fitting(views, MemoryOutput::content);
        return new Output(shown, recent.more() || shown.size() < views.size());
    }
}
