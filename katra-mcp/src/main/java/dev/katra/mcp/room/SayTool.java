package dev.katra.mcp.room;

import dev.katra.core.failure.Failure;
import dev.katra.core.room.NewMessage;
import dev.katra.core.room.RoomService;
import dev.katra.core.room.SayReceipt;
import dev.katra.core.secret.SecretGuard;
import dev.katra.core.wake.NotWoken;
import dev.katra.core.wake.WakePrediction;
import dev.katra.mcp.tool.ArgumentDescription;
import dev.katra.mcp.tool.MaskedText;
import dev.katra.mcp.tool.Tool;
import dev.katra.mcp.tool.ToolAnswer;
import dev.katra.mcp.tool.ToolCall;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Implements {@code katra_say}. */
@Component
class SayTool implements Tool<SayTool.Input, SayTool.Output> {

    record Input(
            String message,

            @ArgumentDescription("personas; default: the room") @Nullable
            List<String> to,

            @ArgumentDescription("message you answer; default to: all who had it") @Nullable
            Long replyTo) {}

    /**
     * Holds the message's number and its recipients.
     *
     * @param more the number of recipients that are not listed
     * @param masked the secrets in the message that were not stored
     * @param notWoken the recipients that the message does not wake, by what keeps them from it
     */
    record Output(
            long number,
            List<String> recipients,
            @Nullable Integer more,
            @Nullable String masked,
            @Nullable String notWoken)
            implements ToolAnswer {
        @Override
        public String text() {
            if (recipients.isEmpty()) {
                return "said #" + number + ", but nobody else has ever been here to hear it" + MaskedText.of(masked);
            }
            return "said #" + number + " to " + String.join(", ", recipients)
                    + (more == null ? "" : " and " + more + " more")
                    + MaskedText.of(masked)
                    + (notWoken == null ? "" : "; not woken: " + notWoken);
        }
    }

    private static final int MAX_SHOWN_RECIPIENTS = 20;

    private final RoomService room;
    private final WakePrediction reach;
    private final SecretGuard secrets;

    SayTool(RoomService room, WakePrediction reach, SecretGuard secrets) {
        this.room = room;
        this.reach = reach;
        this.secrets = secrets;
    }

    @Override
    public Definition<Input, Output> definition() {
        return new Definition<>(
                "katra_say",
                "Say something to sessions and people; it waits for them.",
                Input.class,
                Output.class,
                true);
    }

    @Override
    public Output call(Input arguments, ToolCall call) {
        if (arguments.to() != null && arguments.to().isEmpty()) {
            throw Failure.invalid("\"to\" names nobody").hint("name personas, or leave \"to\" out for the whole room");
        }
        List<String> to = Objects.requireNonNullElse(arguments.to(), List.of());
        SayReceipt said =
                room.say(call.actor(), new NewMessage(to, arguments.message(), arguments.replyTo()), call.toolUseId());
        List<String> all = said.recipients();
        NotWoken unwoken = reach.notWoken(said);
        return new Output(
                said.number(),
                all.subList(0, Math.min(MAX_SHOWN_RECIPIENTS, all.size())),
                all.size() > MAX_SHOWN_RECIPIENTS ? all.size() - MAX_SHOWN_RECIPIENTS : null,
                MaskedText.orNull(secrets.maskedIn(List.of(arguments.message()))),
                unwoken.isEmpty() ? null : unwoken.summary());
    }
}
