package dev.katra.mcp.memory;

import dev.katra.core.lookup.RecallService;
import dev.katra.core.memory.MemoryKind;
import dev.katra.core.memory.MemoryScope;
import dev.katra.core.memory.MemoryService;
import dev.katra.core.memory.RecallQuery;
import dev.katra.core.memory.RecallResult;
import dev.katra.mcp.tool.AnswerText;
import dev.katra.mcp.tool.ArgumentDescription;
import dev.katra.mcp.tool.NumberQuery;
import dev.katra.mcp.tool.Tool;
import dev.katra.mcp.tool.ToolAnswer;
import dev.katra.mcp.tool.ToolCall;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Implements {@code katra_recall}. */
@Component
class RecallTool implements Tool<RecallTool.Input, RecallTool.Output> {

    record Input(
            @ArgumentDescription("a question or words; #12: memory 12 whole")
            String query,

            @Nullable Integer limit,
            @ArgumentDescription("persona") @Nullable String author,
            @Nullable MemoryKind kind,
            @Nullable List<String> tags,

            @ArgumentDescription("7d, 2h or a date") @Nullable
            String since,

            @Nullable MemoryScope scope) {}

    /**
     * Holds the memories found.
     *
     * @param total the number of memories that match
     * @param note what the list and the total do not show; null for nothing
     * @param turns past turns, if no memory answers; absent if there are none
     */
    record Output(
            List<MemoryOutput> memories,
            int total,
            @Nullable String note,
            @Nullable List<TurnOutput> turns) implements ToolAnswer {
        @Override
        public String text() {
            String found = memories.isEmpty()
                    ? "no memory matches"
                    : memories.stream().map(MemoryOutput::lines).collect(Collectors.joining("\n"));
            return found
                    + (total == memories.size() ? "" : "\nthe best " + memories.size() + " of " + total)
                    + (note == null ? "" : "\n" + note)
                    + (turns == null
                            ? ""
                            : turns.stream()
                                    .map(TurnOutput::lines)
                                    .collect(Collectors.joining("\n", "\nfrom past turns:\n", "")));
        }
    }

    private final MemoryService memories;
    private final RecallService recall;
    private final Clock clock;

    RecallTool(MemoryService memories, RecallService recall, Clock clock) {
        this.memories = memories;
        this.recall = recall;
        this.clock = clock;
    }

    @Override
    public Definition<Input, Output> definition() {
        return new Definition<>(
                "katra_recall",
                "Find what you or the team remembered, best first. Ask it before a person.",
                Input.class,
                Output.class,
                true);
    }

    @Override
    public Output call(Input arguments, ToolCall call) {
        Instant now = clock.instant();
        OptionalLong number = NumberQuery.of(arguments.query());
        if (number.isPresent()) {
            return new Output(
                    List.of(MemoryOutput.whole(
                            memories.show(call.actor(), number.getAsLong()).requested(), now)),
                    1,
                    null,
                    null);
        }
        RecallQuery query = new RecallQuery(
                arguments.query(),
                MemoryFilterArguments.of(
                        arguments.author(),
                        arguments.kind(),
                        arguments.tags(),
                        arguments.since(),
                        arguments.scope(),
                        clock),
                Objects.requireNonNullElse(arguments.limit(), RecallQuery.DEFAULT_LIMIT));
        RecallService.Recalled found = recall.recall(call.actor(), query);
        RecallResult recalled = found.memories();
        List<MemoryOutput> views = IntStream.rangeClosed(1, recalled.found().size())
                .mapToObj(place -> MemoryOutput.found(recalled.found().get(place - 1), place, now))
                .toList();
        return new Output(
                AnswerText.fitting(views, MemoryOutput::content),
                recalled.total(),
                AnswerText.searchNote(recalled.total(), recalled.more(), recalled.complete(), recalled.weak()),
                found.turns().isEmpty()
                        ? null
                        : found.turns().stream()
                                .map(each -> TurnOutput.of(each, now))
                                .toList());
    }
}
