package dev.katra.mcp.room;

import dev.katra.core.room.NewMessage;
import dev.katra.core.room.RoomService;
import dev.katra.core.room.Said;
import dev.katra.core.wake.Reach;
import dev.katra.core.wake.Unwoken;
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

            @Says("message you answer; default to: all who had it") @Nullable
            Long replyTo) {}

    /**
     * The answer.
     *
     * @param more how many recipients there are besides
     * @param notWoken the recipients that the message does not wake, by what keeps them from it
     */
    record Output(
            long number,
            List<String> recipients,
            @Nullable Integer more,
            @Nullable String notWoken) implements Answer {
        @Override
        public String text() {
            if (recipients.isEmpty()) {
                return "said #" + number + ", but nobody else has ever been here to hear it";
            }
            return "said #" + number + " to " + String.join(", ", recipients)
                    + (more == null ? "" : " and " + more + " more")
                    + (notWoken == null ? "" : "; not woken: " + notWoken);
        }
    }

    private static final int SHOWN = 20;

    private final RoomService room;
    private final Reach reach;

    SayTool(RoomService room, Reach reach) {
        this.room = room;
        this.reach = reach;
    }

    @Override
    public Definition<Input, Output> definition() {
        return new Definition<>(
                "katra_say",
                "Say something to the sessions and people of the room. It waits in their inboxes.",
                Input.class,
                Output.class,
                false);
    }

    @Override
    public Output call(Input arguments, ToolCall call) {
        List<String> to = Objects.requireNonNullElse(arguments.to(), List.of());
        Said said =
                room.say(call.actor(), new NewMessage(to, arguments.message(), arguments.replyTo()), call.toolUseId());
        List<String> all = said.recipients();
        Unwoken unwoken = reach.unwoken(said);
        return new Output(
                said.number(),
                all.subList(0, Math.min(SHOWN, all.size())),
                all.size() > SHOWN ? all.size() - SHOWN : null,
                unwoken.isEmpty() ? null : unwoken.words());
    }
}
