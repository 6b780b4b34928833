package dev.katra.mcp.memory;

import dev.katra.core.memory.MemoryKind;
import dev.katra.core.memory.MemoryScope;
import dev.katra.core.memory.MemoryService;
import dev.katra.core.memory.RecallQuery;
import dev.katra.core.memory.Recalled;
import dev.katra.mcp.tool.Answer;
import dev.katra.mcp.tool.Lines;
import dev.katra.mcp.tool.Numbers;
import dev.katra.mcp.tool.Says;
import dev.katra.mcp.tool.Tool;
import dev.katra.mcp.tool.ToolCall;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@code katra_recall}. */
@Component
class RecallTool implements Tool<RecallTool.Input, RecallTool.Output> {

    record Input(
            @Says("a question or words; #12 gives memory 12 whole")
            String query,

            @Nullable Integer limit,
            @Says("persona") @Nullable String author,
            @Nullable MemoryKind kind,
            @Nullable List<String> tags,
            @Says("7d, 2h or a date") @Nullable String since,
            @Nullable MemoryScope scope) {}

    /**
     * What was found.
     *
     * @param total how many match
     * @param note what the numbers do not say
     */
    record Output(
            List<MemoryView> memories, int total, @Nullable String note) implements Answer {
        @Override
        public String text() {
            String found = memories.isEmpty()
                    ? "no memory matches"
                    : memories.stream().map(MemoryView::lines).collect(Collectors.joining("\n"));
            return found
                    + (total == memories.size() ? "" : "\nthe best " + memories.size() + " of " + total)
                    + (note == null ? "" : "\n" + note);
        }
    }

    private final MemoryService memories;
    private final Clock clock;

    RecallTool(MemoryService memories, Clock clock) {
        this.memories = memories;
        this.clock = clock;
    }

    @Override
    public Definition<Input, Output> definition() {
        return new Definition<>(
                "katra_recall",
                "Find what you or the team remembered, best match first. Ask it before you ask a person.",
                Input.class,
                Output.class,
                true);
    }

    @Override
    public Output call(Input arguments, ToolCall call) {
        Instant now = clock.instant();
        OptionalLong number = Numbers.of(arguments.query());
        if (number.isPresent()) {
            return new Output(
                    List.of(MemoryView.whole(
                            memories.show(call.actor(), number.getAsLong()).asked(), now)),
                    1,
                    null);
        }
        RecallQuery query = new RecallQuery(
                arguments.query(),
                Filters.of(
                        arguments.author(),
                        arguments.kind(),
                        arguments.tags(),
                        arguments.since(),
                        arguments.scope(),
                        clock),
                Objects.requireNonNullElse(arguments.limit(), RecallQuery.USUAL_LIMIT));
        Recalled recalled = memories.recall(call.actor(), query);
        List<MemoryView> views = recalled.found().stream()
                .map(found -> MemoryView.found(found, now))
                .toList();
        return new Output(
                Lines.fitting(views, MemoryView::content),
                recalled.total(),
                Lines.note(recalled.total(), recalled.more(), recalled.complete(), recalled.weak()));
    }
}
