package dev.katra.core.wake;

import dev.katra.core.persona.Persona;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.room.SayReceipt;
import dev.katra.core.session.LiveSession;
import dev.katra.core.session.Session;
import dev.katra.core.session.SessionService;
import dev.katra.core.session.SessionState;
import dev.katra.core.session.WakePolicy;
import dev.katra.core.store.Reads;
import dev.katra.core.wake.NotWoken.Reason;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Predicts whom a message does not wake, so that its sender need not wait for an answer from them. */
@Component
public class WakePrediction {

    private final PersonaService personas;
    private final SessionService sessions;
    private final WakeService wakes;
    private final WakeReachability hearing;
    private final Reads reads;

    WakePrediction(
            PersonaService personas,
            SessionService sessions,
            WakeService wakes,
            WakeReachability hearing,
            Reads reads) {
        this.personas = personas;
        this.sessions = sessions;
        this.wakes = wakes;
        this.hearing = hearing;
        this.reads = reads;
    }

    /**
     * Returns the personas that the message does not wake as things are now. People are left out: nobody wakes a
     * person.
     */
    public NotWoken notWoken(SayReceipt said) {
        return reads.run(() -> predict(said));
    }

    private NotWoken predict(SayReceipt said) {
        Map<String, Session> live = sessions.live().stream()
                .collect(Collectors.toMap(each -> each.persona().name(), LiveSession::session));
        Map<Reason, List<String>> unwoken = new EnumMap<>(Reason.class);
        List<String> away = new ArrayList<>();
        for (String name : said.recipients()) {
            Session session = live.get(name);
            if (session == null) {
                away.add(name);
            } else {
                reason(session, said.toRoom())
                        .ifPresent(reason -> unwoken.computeIfAbsent(reason, r -> new ArrayList<>())
                                .add(name));
            }
        }
        if (!away.isEmpty()) {
            Set<String> people = people();
            unwoken.put(
                    Reason.AWAY,
                    away.stream().filter(name -> !people.contains(name)).toList());
        }
        return new NotWoken(unwoken);
    }

    private Optional<Reason> reason(Session session, boolean toRoom) {
        if (session.purpose().wake() == WakePolicy.NEVER) {
            return Optional.of(Reason.WAKE_NEVER);
        }
        if (toRoom && session.purpose().wake() == WakePolicy.DIRECT) {
            return Optional.of(Reason.WAKE_DIRECT);
        }
        if (session.progress().state() == SessionState.WAITING) {
            return Optional.of(Reason.WAITS_FOR_A_PERSON);
        }
        if (wakes.budget(session.id()).isSpent()) {
            return Optional.of(Reason.TURNS_USED_UP);
        }
        return hearing.isUnreachable(session) ? Optional.of(Reason.DEAF) : Optional.empty();
    }

    private Set<String> people() {
        return personas.people().stream().map(Persona::name).collect(Collectors.toSet());
    }
}
