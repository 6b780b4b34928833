package dev.katra.shell.prompt;

import dev.katra.core.persona.Persona;
import dev.katra.core.persona.PersonaService;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Groups;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.stereotype.Component;

/** {@code katra personas}: everyone who was ever here, one a line. */
@Component
class PersonasCommand {

    private final PersonaService personas;

    PersonasCommand(PersonaService personas) {
        this.personas = personas;
    }

    @Command(name = "personas", group = Groups.ROOM, description = "List everyone who was ever here, one a line")
    void personas(Caller caller) {
        personas.all().stream().map(Persona::name).forEach(caller::print);
    }
}
