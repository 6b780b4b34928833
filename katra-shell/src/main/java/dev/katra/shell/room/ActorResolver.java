package dev.katra.shell.room;

import dev.katra.core.contract.SessionContract;
import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Actor;
import dev.katra.core.persona.Persona;
import dev.katra.core.persona.PersonaName;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.session.SessionService;
import dev.katra.shell.console.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds out as whom a caller acts: as a person, or inside a session as the session's persona. */
@Component
public class ActorResolver {

    private final PersonaService personas;
    private final SessionService sessions;

    /** Creates the resolver of a home's actors. */
    public ActorResolver(PersonaService personas, SessionService sessions) {
        this.personas = personas;
        this.sessions = sessions;
    }

    /**
     * Returns the actor behind a caller.
     *
     * @param as the name that the person chose; null for KATRA_AS or the login name
     * @throws Failure INVALID if a session wants another name, or a person a session's name
     */
    public Actor resolve(Caller caller, @Nullable String as) {
        String token = caller.variable(SessionContract.TOKEN_VARIABLE);
        if (!token.isEmpty()) {
            if (as != null) {
                throw Failure.invalid("inside a session you are its persona, and --as does not change that")
                        .hint("leave --as out, or use a shell outside the session");
            }
            return sessions.authenticate(token).map(sessions::actor).orElseThrow(() -> Failure.unavailable(
                            "the session of this shell has ended")
                    .hint("leave it, or unset " + SessionContract.TOKEN_VARIABLE + " to act as yourself"));
        }
        Persona persona = personas.ensure(name(caller, as), true);
        if (!persona.human()) {
            throw Failure.conflict("\"" + persona.name() + "\" is the persona of sessions, not a person")
                    .hint("choose another name with --as NAME or export KATRA_AS=NAME");
        }
        personas.noteArrival(persona.id());
        return Actor.human(persona);
    }

    /**
     * Returns the actor behind a caller who only looks: a name that nobody has is not a new persona but a mistake.
     *
     * @throws Failure NOT_FOUND if nobody is called so; else as {@link #resolve}
     */
    public Actor resolveKnown(Caller caller, @Nullable String as) {
        if (as != null && caller.variable(SessionContract.TOKEN_VARIABLE).isEmpty()) {
            personas.get(as);
        }
        return resolve(caller, as);
    }

    private String name(Caller caller, @Nullable String as) {
        if (as != null) {
            return PersonaName.require(as);
        }
        String named = caller.variable("KATRA_AS");
        if (!named.isEmpty()) {
            return PersonaName.require(named);
        }
        String login = caller.variable("USER");
        String mapped = PersonaName.from(login.isEmpty() ? caller.variable("LOGNAME") : login);
        return personas.find(mapped).isPresent() ? mapped : PersonaName.unreserved(mapped);
    }
}
