package dev.katra.mcp.memory;

import dev.katra.core.memory.KnownMemory;
import dev.katra.core.memory.MemoryFilter;
import dev.katra.core.memory.MemoryKind;
import dev.katra.core.memory.MemoryScope;
import dev.katra.core.memory.MemoryService;
import dev.katra.core.memory.RecallQuery;
import dev.katra.core.memory.Recalled;
import dev.katra.mcp.tool.Answer;
import dev.katra.mcp.tool.Lines;
import dev.katra.mcp.tool.Says;
import dev.katra.mcp.tool.Tool;
import dev.katra.mcp.tool.ToolCall;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@code katra_recall}. */
@Component
class RecallTool implements Tool<RecallTool.Input, RecallTool.Output> {

    record Input(
            @Says("a question or words") String query,
            @Nullable Integer limit,
            @Says("persona") @Nullable String author,
            @Nullable MemoryKind kind) {}

    record Output(List<MemoryView> memories, int total) implements Answer {
        @Override
        public String text() {
            if (memories.isEmpty()) {
                return "no memory matches";
            }
            String found = memories.stream().map(MemoryView::lines).collect(Collectors.joining("\n"));
            return total == memories.size() ? found : found + "\nthe best " + memories.size() + " of " + total;
        }
    }

    record MemoryView(
            long number,
            String author,
            String kind,
            @Nullable Boolean mine,
            List<String> tags,
            String at,
            String content) {

        static MemoryView of(KnownMemory found) {
            return new MemoryView(
                    found.number(),
                    found.author(),
                    found.kind().word(),
                    found.scope() == MemoryScope.PRIVATE ? true : null,
                    found.tags(),
                    Lines.time(found.at()),
                    found.content());
        }

        String lines() {
            return "memory " + number + ": " + kind + " by " + author + ", " + at
                    + (mine == null ? "" : ", private")
                    + (tags.isEmpty() ? "" : ", tags " + String.join(" ", tags))
                    + "\n" + Lines.indented(content);
        }
    }

    private final MemoryService memories;

    RecallTool(MemoryService memories) {
        this.memories = memories;
    }

    @Override
    public Definition<Input, Output> definition() {
        return new Definition<>(
                "katra_recall",
                "Find what you or the team remembered, best match first.",
                Input.class,
                Output.class,
                true);
    }

    @Override
    public Output call(Input arguments, ToolCall call) {
        int limit = Objects.requireNonNullElse(arguments.limit(), RecallQuery.USUAL_LIMIT);
        Recalled recalled = memories.recall(
                call.actor(),
                new RecallQuery(
                        arguments.query(),
                        new MemoryFilter(arguments.author(), arguments.kind(), List.of(), null, null),
                        limit));
        List<MemoryView> views = recalled.found().stream()
                .map(found -> MemoryView.of(found.memory()))
                .toList();
        return new Output(Lines.fitting(views, MemoryView::content), recalled.total());
    }
}
