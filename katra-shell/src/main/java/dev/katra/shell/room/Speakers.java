package dev.katra.shell.room;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Actor;
import dev.katra.core.persona.Persona;
import dev.katra.core.persona.PersonaName;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.session.SessionService;
import dev.katra.shell.console.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says as whom a caller acts: a person, or inside a session the session's persona. */
@Component
public class Speakers {

    private final PersonaService personas;
    private final SessionService sessions;

    /** Speakers of a home. */
    public Speakers(PersonaService personas, SessionService sessions) {
        this.personas = personas;
        this.sessions = sessions;
    }

    /**
     * The actor behind a caller.
     *
     * @param as the name that the person chose; null for KATRA_AS or the login name
     * @throws Failure INVALID if a session wants another name, or a person a session's name
     */
    public Actor of(Caller caller, @Nullable String as) {
        String token = caller.variable("KATRA_SESSION_TOKEN");
        if (!token.isEmpty()) {
            if (as != null) {
                throw Failure.invalid("inside a session you are its persona, and --as does not change that");
            }
            return sessions.authenticate(token).map(sessions::actor).orElseThrow(() -> Failure.unavailable(
                            "the session of this shell has ended")
                    .hint("leave it, or unset KATRA_SESSION_TOKEN to act as yourself"));
        }
        Persona persona = personas.ensure(name(caller, as), true);
        if (!persona.human()) {
            throw Failure.conflict("\"" + persona.name() + "\" is the persona of sessions, not a person")
                    .hint("choose another name with --as NAME or export KATRA_AS=NAME");
        }
        return Actor.human(persona);
    }

    private static String name(Caller caller, @Nullable String as) {
        if (as != null) {
            return PersonaName.require(as);
        }
        String named = caller.variable("KATRA_AS");
        if (!named.isEmpty()) {
            return PersonaName.require(named);
        }
        String login = caller.variable("USER");
        return PersonaName.from(login.isEmpty() ? caller.variable("LOGNAME") : login);
    }
}
