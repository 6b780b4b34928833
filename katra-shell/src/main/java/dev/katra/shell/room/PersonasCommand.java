package dev.katra.shell.room;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Persona;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.session.LiveSession;
import dev.katra.core.session.SessionService;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Takes;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;
import org.springframework.stereotype.Component;

/** The hidden command {@code katra personas} prints who is in the room, one name a line, for completion and scripts. */
@Component
class PersonasCommand {

    private final PersonaService personas;
    private final SessionService sessions;

    PersonasCommand(PersonaService personas, SessionService sessions) {
        this.personas = personas;
        this.sessions = sessions;
    }

    @Command(
            name = "personas",
            group = Groups.ROOM,
            description = "List who is in the room, one name a line",
            hidden = true)
    void personas(
            Caller caller,
            @Takes(Takes.ValueKind.PERSONA_GROUP)
                    @Option(
                            longName = "only",
                            description = "those whose session runs, those whose last one has ended, or people")
                    @Nullable
                    String only) {
        Predicate<Persona> wanted = only == null ? persona -> true : filterFor(only);
        personas.all().stream().filter(wanted).map(Persona::name).forEach(caller::print);
    }

    private Predicate<Persona> filterFor(String only) {
        Set<Long> running = sessions.live().stream()
                .map(LiveSession::persona)
                .map(Persona::id)
                .collect(Collectors.toSet());
        return switch (only) {
            case "running" -> persona -> running.contains(persona.id());
            case "ended" ->
                persona -> !persona.human()
                        && !running.contains(persona.id())
                        && sessions.lastOf(persona).isPresent();
            case "people" -> Persona::human;
            default ->
                throw Failure.invalid("--only \"" + only + "\" is not one of running, ended, people")
                        .hint("katra personas --help");
        };
    }
}
