package dev.katra.mcp.room;

import dev.katra.core.room.NewMessage;
import dev.katra.core.room.RoomService;
import dev.katra.core.room.Said;
import dev.katra.mcp.tool.Answer;
import dev.katra.mcp.tool.Says;
import dev.katra.mcp.tool.Tool;
import dev.katra.mcp.tool.ToolCall;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@code katra_say}. */
@Component
class SayTool implements Tool<SayTool.Input, SayTool.Output> {

    record Input(
            String message,

            @Says("personas; default: the whole room") @Nullable
            List<String> to,

            @Says("number of the message you answer; default to: all who had it") @Nullable
            Long replyTo) {}

    record Output(long number, List<String> recipients) implements Answer {
        @Override
        public String text() {
            return recipients.isEmpty()
                    ? "said #" + number + ", but nobody else has ever been here to hear it"
                    : "said #" + number + " to " + String.join(", ", recipients);
        }
    }

    private final RoomService room;

    SayTool(RoomService room) {
        this.room = room;
    }

    @Override
    public Definition<Input, Output> definition() {
        return new Definition<>(
                "katra_say",
                "Say something to the other sessions and people of the room. It waits in their inboxes.",
                Input.class,
                Output.class,
                false);
    }

    @Override
    public Output call(Input arguments, ToolCall call) {
        List<String> to = Objects.requireNonNullElse(arguments.to(), List.of());
        Said said =
                room.say(call.actor(), new NewMessage(to, arguments.message(), arguments.replyTo()), call.toolUseId());
        return new Output(said.number(), said.recipients());
    }
}
