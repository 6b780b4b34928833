package dev.katra.mcp.hook;

import dev.katra.core.persona.Actor;
import dev.katra.core.room.Heard;
import dev.katra.core.room.RoomService;
import dev.katra.core.session.SessionService;
import dev.katra.core.session.SessionState;
import dev.katra.core.wake.WakeBudget;
import dev.katra.core.wake.WakeService;
import dev.katra.mcp.client.ClientProbe;
import dev.katra.mcp.client.HeldTasks;
import dev.katra.mcp.room.MailText;
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

    /** With the words around it less than 8,000. */
    private static final int MAIL_BYTES = 7_800;

    /** Less than the client waits: what comes later is not seen. */
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

    /** How a prompt begins that the client has made itself, for one when a command in the background has ended. */
    private static final String NOTICE = "<task-notification>";

    private final SessionService sessions;
    private final RoomService room;
    private final WakeService wake;
    private final WokenTurns turns;
    private final HeldTasks tasks;
    private final Clock clock;

    PromptHook(
            SessionService sessions,
            RoomService room,
            WakeService wake,
            WokenTurns turns,
            HeldTasks tasks,
            Clock clock) {
        this.sessions = sessions;
        this.room = room;
        this.wake = wake;
        this.turns = turns;
        this.tasks = tasks;
        this.clock = clock;
    }

    Map<String, Object> answer(Actor actor, HookEvent event, ClientProbe client, long since) {
        long session = Objects.requireNonNull(actor.sessionId());
        String words = event.word("prompt");
        boolean automatic = turns.prompted(session, words);
        if (!automatic && !words.startsWith(NOTICE)) {
            wake.renew(session);
        }
        sessions.changed(session, SessionState.WORKING);
        String prompt = Objects.requireNonNullElseGet(
                event.promptId(), () -> UUID.randomUUID().toString());
        if (client.gone()) {
            return HookAnswer.nothing();
        }
        Instant now = clock.instant();
        Heard heard = room.context(actor, prompt, MAIL_BYTES, message -> MailText.bytes(message, now));
        String text = MailText.of(heard, now) + (automatic ? budget(wake.budget(session), heard) : "");
        if (client.gone() || tasks.nanos() - since > LONGEST_NANOS) {
            room.lost(actor, List.of(prompt));
            return HookAnswer.nothing();
        }
        return HookAnswer.context("UserPromptSubmit", text);
    }

    private static String budget(WakeBudget budget, Heard heard) {
        boolean alone = heard.messages().isEmpty() && heard.waiting() == 0;
        return (alone ? "" : "\n") + "Katra started this turn: " + budget.used() + " of " + budget.limit()
                + " per hour without a person."
                + (budget.spent() ? " It is the last: mail does not wake you again until a person writes." : "");
    }
}
