package dev.katra.mcp.room;

import dev.katra.core.room.HistoryQuery;
import dev.katra.core.room.RoomService;
import dev.katra.mcp.tool.Answer;
import dev.katra.mcp.tool.Lines;
import dev.katra.mcp.tool.Says;
import dev.katra.mcp.tool.Tool;
import dev.katra.mcp.tool.ToolCall;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@code katra_history}. */
@Component
class HistoryTool implements Tool<HistoryTool.Input, HistoryTool.Output> {

    private static final int USUAL_LIMIT = 20;

    record Input(
            @Nullable Integer limit,
            @Says("message number") @Nullable Long before,
            @Says("persona") @Nullable String with,
            @Says("number of any of its messages") @Nullable Long thread) {}

    record Output(List<MessageView> messages) implements Answer {
        @Override
        public String text() {
            return messages.isEmpty()
                    ? "nothing was said"
                    : messages.stream().map(MessageView::lines).collect(Collectors.joining("\n"));
        }
    }

    private final RoomService room;

    HistoryTool(RoomService room) {
        this.room = room;
    }

    @Override
    public Definition<Input, Output> definition() {
        return new Definition<>(
                "katra_history",
                "The newest messages of the room and of your own mail, heard or not.",
                Input.class,
                Output.class,
                true);
    }

    @Override
    public Output call(Input arguments, ToolCall call) {
        int limit = Objects.requireNonNullElse(arguments.limit(), USUAL_LIMIT);
        List<MessageView> newestFirst = new ArrayList<>(room
                .history(
                        new HistoryQuery(call.actor(), arguments.with(), arguments.thread(), arguments.before(), limit))
                .stream()
                .map(message -> MessageView.of(message, call.actor().persona()))
                .toList());
        Collections.reverse(newestFirst);
        List<MessageView> shown = Lines.fitting(newestFirst, MessageView::text);
        Collections.reverse(shown);
        return new Output(shown);
    }
}
