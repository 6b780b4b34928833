package dev.katra.shell.session;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Persona;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.session.Session;
import dev.katra.core.session.SessionService;
import dev.katra.core.session.WakePolicy;
import dev.katra.core.text.Age;
import dev.katra.core.wake.WakeService;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Example;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Json;
import dev.katra.shell.console.OptionText;
import dev.katra.shell.console.OutputFormat;
import dev.katra.shell.console.Runs;
import dev.katra.shell.console.Takes;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;
import org.springframework.stereotype.Component;

/** The command {@code katra wake} shows and sets which mail wakes a session, and how often it still may. */
@Component
class WakeCommand {

    private final PersonaService personas;
    private final SessionService sessions;
    private final WakeService wakes;
    private final Clock clock;

    WakeCommand(PersonaService personas, SessionService sessions, WakeService wakes, Clock clock) {
        this.personas = personas;
        this.sessions = sessions;
        this.wakes = wakes;
        this.clock = clock;
    }

    /** A Row says how a session is woken, for {@code --json}. */
    record Row(String persona, String wake, Turns turns) {}

    @Example(
            value = "katra wake Sam all",
            synonyms = {"notify"})
    @Command(
            name = "wake",
            group = Groups.SESSIONS,
            description = "Show or set which mail wakes an idle session: direct, all or never",
            help = """
                    direct: what is said to it by name; all: that, and what is said to the room; never: none.
                    A woken turn uses one of the automatic turns of an hour. A person's prompt to the session gives
                    them all back, and so does --reset.
                    """)
    @Runs(ownerOnly = true)
    void wake(
            Caller caller,
            @Takes(Takes.ValueKind.RUNNING_PERSONA) @Argument(index = 0) String persona,
            @Takes(Takes.ValueKind.WAKE_POLICY) @Argument(index = 1) @Nullable String policy,
            @Option(longName = "reset", description = "give the session all its automatic turns back") boolean reset,
            @OptionText("an object") OutputFormat format) {
        WakePolicy wanted = policy == null ? null : WakePolicy.of(policy);
        Persona known = personas.get(persona);
        Session session = sessions.liveOf(known).orElseThrow(() -> Failure.notFound(known.name() + " is not running")
                .hint("katra resume " + known.name() + ", or katra list"));
        if (wanted != null) {
            sessions.setWakePolicy(session.id(), wanted);
        }
        if (reset) {
            wakes.resetBudget(session.id());
        }
        Row row = new Row(
                known.name(),
                (wanted == null ? session.purpose().wake() : wanted).externalName(),
                Turns.of(wakes.budget(session.id())));
        caller.print(format.json() ? Json.of(row) : text(row, clock.instant()));
    }

    private static String text(Row row, Instant now) {
        String what =
                switch (row.wake()) {
                    case "direct" -> "what is said to it by name";
                    case "all" -> "all it can hear";
                    default -> "no mail";
                };
        Turns turns = row.turns();
        Instant next = turns.next();
        return row.persona() + " is woken by " + what + " (" + row.wake() + "); " + turns.used() + " of "
                + turns.limit() + " automatic turns used in the last hour"
                + (next == null ? "" : ", the next in " + Age.of(now, next));
    }
}
