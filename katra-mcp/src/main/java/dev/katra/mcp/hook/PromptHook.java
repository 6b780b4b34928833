package dev.katra.mcp.hook;

import dev.katra.core.persona.Actor;
import dev.katra.core.room.MailBatch;
import dev.katra.core.room.RoomService;
import dev.katra.core.session.SessionService;
import dev.katra.core.session.SessionState;
import dev.katra.core.usage.PromptOrigins;
import dev.katra.core.wake.WakeBudget;
import dev.katra.core.wake.WakeService;
import dev.katra.mcp.room.MailText;
import dev.katra.web.client.ClientProbe;
import dev.katra.web.client.RequestScheduler;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Adds the unread mail to a prompt, and tells a person's prompts from those that Katra has caused. */
@Component
class PromptHook {

    /** The maximum size of the mail in one prompt, in bytes; with the text around it, it stays below 8,000. */
    private static final int MAX_MAIL_BYTES = 7_800;

    /**
     * The maximum age of an event that is answered with mail, in nanoseconds. It is less than the client waits: the
     * client does not see what comes later.
     */
    private static final long MAX_AGE_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

    /**
     * The beginning of a prompt that the client itself has made, for example when a command in the background has
     * ended.
     */
    private static final String TASK_NOTIFICATION = "<task-notification>";

    private final SessionService sessions;
    private final RoomService room;
    private final WakeService wake;
    private final WokenTurns turns;
    private final PromptOrigins origins;
    private final TurnCapture capture;
    private final RequestScheduler tasks;
    private final Clock clock;

    PromptHook(
            SessionService sessions,
            RoomService room,
            WakeService wake,
            WokenTurns turns,
            PromptOrigins origins,
            TurnCapture capture,
            RequestScheduler tasks,
            Clock clock) {
        this.sessions = sessions;
        this.room = room;
        this.wake = wake;
        this.turns = turns;
        this.origins = origins;
        this.capture = capture;
        this.tasks = tasks;
        this.clock = clock;
    }

    Map<String, Object> answer(Actor actor, HookEvent event, ClientProbe client, long since) {
        long session = Objects.requireNonNull(actor.sessionId());
        String words = event.text("prompt");
        boolean automatic = turns.takeWoken(session, words);
        if (!automatic && !words.startsWith(TASK_NOTIFICATION)) {
            wake.resetBudget(session);
            capture.prompted(actor, event);
        }
        String prompt = Objects.requireNonNullElseGet(
                event.promptId(), () -> UUID.randomUUID().toString());
        origins.begin(session, prompt, automatic);
        sessions.changeState(session, SessionState.WORKING);
        if (client.isGone()) {
            return HookAnswer.nothing();
        }
        Instant now = clock.instant();
        MailBatch heard = room.hearWithPrompt(actor, prompt, MAX_MAIL_BYTES, message -> MailText.bytes(message, now));
        String text = MailText.of(heard, now) + (automatic ? budget(wake.budget(session), heard) : "");
        if (client.isGone() || tasks.nanos() - since > MAX_AGE_NANOS) {
            room.withdraw(actor, List.of(prompt));
            return HookAnswer.nothing();
        }
        return HookAnswer.context("UserPromptSubmit", text);
    }

    private static String budget(WakeBudget budget, MailBatch heard) {
        boolean alone = heard.messages().isEmpty() && heard.waiting() == 0;
        return (alone ? "" : "\n") + "Katra started this turn: " + budget.used() + " of " + budget.limit()
                + " per hour without a person."
                + (budget.isSpent() ? " It is the last: mail does not wake you again until a person writes." : "");
    }
}
