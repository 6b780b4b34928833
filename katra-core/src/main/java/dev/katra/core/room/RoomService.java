package dev.katra.core.room;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Actor;
import dev.katra.core.persona.Persona;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.store.Reads;
import dev.katra.core.store.Uids;
import dev.katra.core.store.Writes;
import dev.katra.core.text.StoredText;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * The room: at least once, in order, per persona; nothing truncated, nothing dropped; a sender does not hear itself; a
 * persona that was away finds what was said meanwhile.
 */
@Service
public class RoomService {

    /** The largest message, in UTF-8 bytes. */
    public static final int MAX_BYTES = 64 * 1024;

    /** A batch holds no more text than this (UTF-8 bytes), but at least one message. */
    static final int BATCH_BYTES = 48 * 1024;

    private static final int BATCH_MESSAGES = 200;

    private final Messages messages;
    private final Deliveries deliveries;
    private final History history;
    private final Mailbox mailbox;
    private final PersonaService personas;
    private final Writes writes;
    private final Reads reads;
    private final Clock clock;

    RoomService(
            Messages messages,
            Deliveries deliveries,
            History history,
            Mailbox mailbox,
            PersonaService personas,
            Writes writes,
            Reads reads,
            Clock clock) {
        this.messages = messages;
        this.deliveries = deliveries;
        this.history = history;
        this.mailbox = mailbox;
        this.personas = personas;
        this.writes = writes;
        this.reads = reads;
        this.clock = clock;
    }

    /**
     * Says something to the room, or to the named personas only. A call id that this session has used before says
     * nothing again and returns what it said then.
     *
     * @param to names, ignoring case; empty for the room
     * @throws Failure INVALID for a text that is empty, over {@link #MAX_BYTES} or no text; NOT_FOUND for an unknown name
     */
    public Said say(Actor actor, List<String> to, String text, @Nullable String callId) {
        StoredText.require("message", text, MAX_BYTES, "put it in a file and say where the file is");
        Map<Long, String> recipients = new LinkedHashMap<>();
        for (String name : to) {
            Persona persona = personas.get(name);
            recipients.put(persona.id(), persona.name());
        }
        recipients.remove(actor.personaId());
        if (recipients.isEmpty() && !to.isEmpty()) {
            throw Failure.invalid("the message goes to its own sender only")
                    .hint("name somebody else, or nobody for the room");
        }
        return writes.run(() -> {
            Optional<Message> before = said(actor, callId);
            if (before.isPresent()) {
                return said(before.get(), deliveries.addressees(before.get().id()));
            }
            Message message = messages.save(new Message(
                    0, Uids.next(), actor.personaId(), actor.sessionId(), callId, recipients.isEmpty(), text, now()));
            if (recipients.isEmpty()) {
                deliveries.addressRoom(message.id(), actor.personaId());
            } else {
                recipients.keySet().forEach(id -> deliveries.address(message.id(), id));
            }
            Map<Long, String> addressees = deliveries.addressees(message.id());
            writes.afterCommit(() -> mailbox.arrived(addressees.keySet()));
            return said(message, addressees);
        });
    }

    /**
     * What is unread, for a session. What earlier calls of the same session were given counts as received now; a call
     * id that was answered before gets the same batch again.
     */
    public Heard hear(Actor actor, @Nullable String callId) {
        Long session = actor.sessionId();
        if (session == null) {
            throw new IllegalArgumentException("a person's mail is taken with inbox and received");
        }
        if (unread(actor.personaId()) == 0
                && (callId == null || answered(session, callId).isEmpty())) {
            return Heard.NOTHING;
        }
        return writes.run(() -> {
            List<HeardMessage> answered = callId == null ? List.of() : answered(session, callId);
            if (!answered.isEmpty()) {
                return new Heard(answered, deliveries.unreadBesides(actor.personaId(), numbers(answered)));
            }
            deliveries.receivedBySession(actor.personaId(), session, now());
            Heard heard = batch(actor.personaId());
            if (!heard.messages().isEmpty()) {
                deliveries.offered(actor.personaId(), numbers(heard.messages()), session, callId, now());
            }
            return heard;
        });
    }

    /** What is unread, for a person; it stays so until {@link #received}. */
    public Heard inbox(Actor actor) {
        return reads.run(() -> batch(actor.personaId()));
    }

    /** Marks these messages as received. */
    public void received(Actor actor, Collection<Long> numbers) {
        if (!numbers.isEmpty()) {
            writes.run(() -> deliveries.received(actor.personaId(), numbers, now()));
        }
    }

    /**
     * Completes when mail for the persona comes, on a thread that may block. Ask for it first, then look into the
     * inbox, then wait; cancel it when you stop waiting.
     */
    public CompletableFuture<Void> mail(long personaId) {
        return mailbox.next(personaId);
    }

    /** How many messages the persona has not received. */
    public int unread(long personaId) {
        return reads.run(() -> deliveries.unread(personaId));
    }

    /** The same for everyone who has any, by persona id. */
    public Map<Long, Integer> unread() {
        return reads.run(deliveries::unread);
    }

    /**
     * The newest messages that match, oldest of them first.
     *
     * @throws Failure NOT_FOUND if the query names an unknown persona
     */
    public List<PastMessage> history(HistoryQuery query) {
        String name = query.with();
        Persona with = name == null ? null : personas.get(name);
        Actor viewer = query.viewer();
        return reads.run(
                () -> history.find(viewer == null ? null : viewer.personaId(), with, query.before(), query.limit()));
    }

    private List<HeardMessage> answered(long session, String callId) {
        return reads.run(() -> deliveries.offeredTo(session, callId));
    }

    private Optional<Message> said(Actor actor, @Nullable String callId) {
        Long session = actor.sessionId();
        return session == null || callId == null
                ? Optional.empty()
                : messages.findBySessionIdAndCallId(session, callId);
    }

    private static Said said(Message message, Map<Long, String> addressees) {
        return new Said(message.id(), message.createdAt(), message.toRoom(), List.copyOf(addressees.values()));
    }

    private Heard batch(long personaId) {
        List<HeardMessage> batch = deliveries.inbox(personaId, BATCH_MESSAGES, BATCH_BYTES);
        return new Heard(batch, deliveries.unread(personaId) - batch.size());
    }

    private static List<Long> numbers(List<HeardMessage> messages) {
        return messages.stream().map(HeardMessage::number).toList();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
