package dev.katra.mcp.room;

import dev.katra.core.contract.SessionContract;
import dev.katra.core.failure.Failure;
import dev.katra.core.room.InboxMessage;
import dev.katra.core.room.MailBatch;
import dev.katra.core.room.RoomService;
import dev.katra.mcp.tool.ArgumentBinder;
import dev.katra.mcp.tool.ArgumentDescription;
import dev.katra.mcp.tool.Tool;
import dev.katra.mcp.tool.ToolAnswer;
import dev.katra.mcp.tool.ToolCall;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Implements {@code katra_hear}. It answers at once, because {@link HearFilter} has done the waiting. */
@Component
class HearTool implements Tool<HearTool.Input, HearTool.Output> {

    static final String NAME = SessionContract.HEAR_TOOL;
    static final int MAX_WAIT_SECONDS = 300;

    record Input(
            @ArgumentDescription("0 to " + MAX_WAIT_SECONDS + "; wait for mail") @Nullable
            Integer waitSeconds,

            @ArgumentDescription("last number you have, without Katra's hooks") @Nullable
            Long ack) {

        Input {
            if (waitSeconds != null && (waitSeconds < 0 || waitSeconds > MAX_WAIT_SECONDS)) {
                throw Failure.invalid("wait_seconds is " + waitSeconds + ", and must be 0 to " + MAX_WAIT_SECONDS)
                        .hint("leave it out, or give a number from 0 to " + MAX_WAIT_SECONDS);
            }
        }
    }

    /**
     * Holds the messages heard.
     *
     * @param note what a client that does not report receipt has to do; null for others
     */
    record Output(
            List<MessageOutput> messages,
            int more,
            @Nullable String note) implements ToolAnswer {
        @Override
        public String text() {
            if (messages.isEmpty()) {
                return "nothing new";
            }
            String heard = messages.stream().map(MessageOutput::lines).collect(Collectors.joining("\n"));
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
                NAME, "Hear your new mail. A sub-agent leaves it unread.", Input.class, Output.class, true);
    }

    @Override
    public boolean mayAnswerAtLength() {
        return true;
    }

    @Override
    public Output call(Input arguments, ToolCall call) {
        Instant now = clock.instant();
        MailBatch heard = room.hear(
                call.actor(), call.toolUseId(), arguments.ack(), message -> bytes(MessageOutput.of(message, now)));
        return new Output(
                heard.messages().stream()
                        .map(message -> MessageOutput.of(message, now))
                        .toList(),
                heard.waiting(),
                heard.unproved() ? note(heard.messages()) : null);
    }

    /** Returns the size of a message in the answer, in bytes, with the comma after it. */
    private static int bytes(MessageOutput message) {
        return ArgumentBinder.json(message).getBytes(StandardCharsets.UTF_8).length + 1;
    }

    private static String note(List<InboxMessage> messages) {
        return "nothing has told Katra that you have these: call katra_hear with ack="
                + messages.get(messages.size() - 1).number();
    }
}
