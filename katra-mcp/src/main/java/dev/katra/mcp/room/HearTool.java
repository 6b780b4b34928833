package dev.katra.mcp.room;

import dev.katra.core.failure.Failure;
import dev.katra.core.room.Heard;
import dev.katra.core.room.HeardMessage;
import dev.katra.core.room.RoomService;
import dev.katra.mcp.tool.Answer;
import dev.katra.mcp.tool.Arguments;
import dev.katra.mcp.tool.Says;
import dev.katra.mcp.tool.Tool;
import dev.katra.mcp.tool.ToolCall;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@code katra_hear}. It answers at once: {@link HearFilter} has done the waiting. */
@Component
class HearTool implements Tool<HearTool.Input, HearTool.Output> {

    static final String NAME = "katra_hear";
    static final int LONGEST_WAIT = 300;

    record Input(
            @Says("0 to " + LONGEST_WAIT + "; wait for mail") @Nullable
            Integer waitSeconds,

            @Says("last number you have; only for clients without Katra's hooks") @Nullable
            Long ack) {

        Input {
            if (waitSeconds != null && (waitSeconds < 0 || waitSeconds > LONGEST_WAIT)) {
                throw Failure.invalid("wait_seconds is " + waitSeconds + ", and must be 0 to " + LONGEST_WAIT);
            }
        }
    }

    /**
     * What was heard.
     *
     * @param note what a client has to do that reports nothing
     */
    record Output(
            List<MessageView> messages, int more, @Nullable String note) implements Answer {
        @Override
        public String text() {
            if (messages.isEmpty()) {
                return "nothing new";
            }
            String heard = messages.stream().map(MessageView::lines).collect(Collectors.joining("\n"));
            return heard
                    + (more == 0 ? "" : "\n" + more + " more wait: call katra_hear again")
                    + (note == null ? "" : "\n" + note);
        }
    }

    private final RoomService room;
    private final Clock clock;

    HearTool(RoomService room, Clock clock) {
        this.room = room;
        this.clock = clock;
    }

    @Override
    public Definition<Input, Output> definition() {
        return new Definition<>(
                NAME,
                "Hear what was said to you and not heard yet. Sub-agents share your inbox.",
                Input.class,
                Output.class,
                false);
    }

    @Override
    public boolean answersAtLength() {
        return true;
    }

    @Override
    public Output call(Input arguments, ToolCall call) {
        Instant now = clock.instant();
        Heard heard = room.hear(
                call.actor(), call.toolUseId(), arguments.ack(), message -> bytes(MessageView.of(message, now)));
        return new Output(
                heard.messages().stream()
                        .map(message -> MessageView.of(message, now))
                        .toList(),
                heard.waiting(),
                heard.unproved() ? note(heard.messages()) : null);
    }

    /** With the comma behind it. */
    private static int bytes(MessageView message) {
        return Arguments.json(message).getBytes(StandardCharsets.UTF_8).length + 1;
    }

    private static String note(List<HeardMessage> messages) {
        return "nothing has told Katra that you have these: call katra_hear with ack="
                + messages.get(messages.size() - 1).number();
    }
}
