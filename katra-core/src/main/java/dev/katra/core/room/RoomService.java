package dev.katra.core.room;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Actor;
import dev.katra.core.persona.Persona;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.search.Terms;
import dev.katra.core.session.WakePolicy;
import dev.katra.core.store.Reads;
import dev.katra.core.store.Uids;
import dev.katra.core.store.Writes;
import dev.katra.core.text.StoredText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToIntFunction;
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

    /** A batch takes no more than this (UTF-8 bytes), but has at least one message. */
    static final int BATCH_BYTES = 48 * 1024;

    private static final int BATCH_MESSAGES = 200;

    private final Messages messages;
    private final Deliveries deliveries;
    private final Offers offers;
    private final Announcements announcements;
    private final Silence silence;
    private final History history;
    private final MessageIndex index;
    private final Mailbox mailbox;
    private final PersonaService personas;
    private final Writes writes;
    private final Reads reads;
    private final Clock clock;

    RoomService(
            Messages messages,
            Deliveries deliveries,
            Offers offers,
            Announcements announcements,
            Silence silence,
            History history,
            MessageIndex index,
            Mailbox mailbox,
            PersonaService personas,
            Writes writes,
            Reads reads,
            Clock clock) {
        this.messages = messages;
        this.deliveries = deliveries;
        this.offers = offers;
        this.announcements = announcements;
        this.silence = silence;
        this.history = history;
        this.index = index;
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
     * @throws Failure INVALID for a text that is empty, over {@link #MAX_BYTES} or no text; NOT_FOUND for an unknown name
     *     or for an answer to a message that the actor cannot see
     */
    public Said say(Actor actor, NewMessage said, @Nullable String callId) {
        StoredText.require("message", said.text(), MAX_BYTES, "put it in a file and say where the file is");
        Map<Long, String> named = new LinkedHashMap<>();
        for (String name : said.to()) {
            Persona persona = personas.get(name);
            named.put(persona.id(), persona.name());
        }
        named.remove(actor.personaId());
        if (named.isEmpty() && !said.to().isEmpty()) {
            throw Failure.invalid("the message goes to its own sender only")
                    .hint("name somebody else, or nobody for the room");
        }
        Instant now = now();
        Terms words = MessageIndex.words(said.text(), actor.persona(), actor.personaId(), now);
        return writes.run(() -> {
            Optional<Message> before = said(actor, callId);
            if (before.isPresent()) {
                return said(before.get(), deliveries.addressees(before.get().id()));
            }
            Set<Long> heardIt = audience(actor, said.replyTo());
            Set<Long> to = named.isEmpty() ? heardIt : named.keySet();
            Message message = deliveries.store(new Message(
                    0,
                    Uids.next(),
                    actor.personaId(),
                    actor.sessionId(),
                    callId,
                    to.isEmpty(),
                    said.replyTo(),
                    said.text(),
                    now));
            if (to.isEmpty()) {
                deliveries.addressRoom(message.id(), actor.personaId());
            } else {
                to.forEach(id -> deliveries.address(message.id(), id));
            }
            Map<Long, String> addressees = deliveries.addressees(message.id());
            index.add(message, words, to);
            writes.afterCommit(() -> mailbox.arrived(addressees.keySet()));
            return said(message, addressees);
        });
    }

    /** All others who had the message that is answered; nobody means the room. */
    private Set<Long> audience(Actor actor, @Nullable Long replyTo) {
        if (replyTo == null) {
            return Set.of();
        }
        Message answered = messages.findById(replyTo).orElseThrow(() -> unknown(replyTo));
        if (answered.toRoom()) {
            return Set.of();
        }
        Set<Long> all = new LinkedHashSet<>(deliveries.addressees(replyTo).keySet());
        all.add(answered.personaId());
        if (!all.remove(actor.personaId())) {
            throw unknown(replyTo);
        }
        return all;
    }

    private static Failure unknown(long number) {
        return Failure.notFound("there is no message " + number + " for you to answer")
                .hint("the numbers are in katra_history, or katra history");
    }

    /**
     * What is unread, for a session, oldest first. It stays unread until {@link #proved} says for
     * this call id that the answer has reached the model, and is given again until then, marked; the same call id gets
     * the same batch.
     *
     * @param ack the last number of those received, from a client that reports nothing of its calls
     * @param bytes what a message takes in the answer, no less than its text
     */
    public Heard hear(Actor actor, @Nullable String callId, @Nullable Long ack, ToIntFunction<HeardMessage> bytes) {
        long session = session(actor);
        if (ack != null) {
            acknowledge(actor, ack);
        }
        if (!canHear(actor, callId)) {
            return Heard.NOTHING;
        }
        boolean silent = silence.since(session, callId) && ack == null;
        return writes.run(() -> {
            List<HeardMessage> before =
                    callId == null ? List.of() : deliveries.given(actor.personaId(), offers.given(session, callId));
            if (!before.isEmpty()) {
                return new Heard(before, deliveries.unreadBesides(actor.personaId(), numbers(before)));
            }
            Heard heard = batch(actor.personaId(), BATCH_BYTES, true).fitting(BATCH_BYTES, bytes, true);
            return offer(actor, callId, heard.unprovedIf(silent));
        });
    }

    /** The same, for a client that gets the texts alone. */
    public Heard hear(Actor actor, @Nullable String callId, @Nullable Long ack) {
        return hear(actor, callId, ack, message -> message.text().length());
    }

    /** Whether {@link #hear} has anything for this call: there is mail, or a batch that the same call was given before. */
    public boolean canHear(Actor actor, @Nullable String callId) {
        return reads.run(
                () -> unread(actor.personaId()) > 0 || (callId != null && open(session(actor), List.of(callId))));
    }

    /**
     * What is unread, to be added to a prompt, oldest first, no more than so many bytes: none if the first alone is larger.
     * It counts as {@link #hear} does, with the id of the prompt for that of a call.
     *
     * @param bytes what a message takes there, no less than its text
     */
    public Heard context(Actor actor, String promptId, int maxBytes, ToIntFunction<HeardMessage> bytes) {
        long session = session(actor);
        silence.broken(session);
        if (unread(actor.personaId()) == 0) {
            return Heard.NOTHING;
        }
        return writes.run(() -> {
            offers.withdraw(session, List.of(promptId));
            Heard heard = batch(actor.personaId(), maxBytes, false).fitting(maxBytes, bytes, false);
            announcements.made(session, actor.personaId(), heard);
            return offer(actor, promptId, heard);
        });
    }

    private Heard offer(Actor actor, @Nullable String through, Heard heard) {
        if (!heard.messages().isEmpty()) {
            deliveries.offered(actor.personaId(), numbers(heard.messages()), now());
            if (through != null) {
                offers.add(session(actor), through, heard.messages());
            }
            silence.begins(session(actor), through);
        }
        return heard;
    }

    /** Proves that a session has received what it was given up to this number; what was never given stays unread. */
    public void acknowledge(Actor actor, long last) {
        writes.run(() -> deliveries.receivedUpTo(actor.personaId(), last, now()));
    }

    /** Proves that a session has received what it was given through these: calls, by their ids, and prompts. */
    public void proved(Actor actor, List<String> through) {
        long session = session(actor);
        silence.broken(session);
        if (open(session, through)) {
            writes.run(() -> {
                offers.received(actor.personaId(), session, through, now());
                return true;
            });
        }
    }

    /** Takes back what a session was given through these and did not receive; it is given again. */
    public void lost(Actor actor, List<String> through) {
        long session = session(actor);
        silence.broken(session);
        if (open(session, through)) {
            writes.run(() -> {
                offers.withdraw(session, through);
                return true;
            });
        }
    }

    /** Whether the persona has mail that wakes a session of this policy. */
    public boolean wakes(long personaId, WakePolicy policy) {
        return policy != WakePolicy.NEVER && reads.run(() -> deliveries.wakes(personaId, policy == WakePolicy.ALL, 0));
    }

    /**
     * Deletes messages that are older than this and that everybody has received whom they went to, up to so many at
     * once. One that went to nobody stays in the history for those who come later.
     *
     * @return how many were deleted
     */
    public int deleteReceived(Duration age, int atOnce) {
        Instant before = now().minus(age);
        return writes.run(() -> {
            offers.forgetOfEnded();
            List<Long> numbers = deliveries.received(before, atOnce);
            index.remove(numbers);
            deliveries.delete(numbers);
            if (!numbers.isEmpty()) {
                writes.afterCommit(() -> index.search().forget(numbers));
            }
            return numbers.size();
        });
    }

    private boolean open(long session, List<String> through) {
        return reads.run(() -> offers.open(session, through));
    }

    private static long session(Actor actor) {
        Long session = actor.sessionId();
        if (session == null) {
            throw new IllegalArgumentException("a person's mail is taken with inbox and received");
        }
        return session;
    }

    /** What is unread, for a person; it stays so until {@link #received}. */
    public Heard inbox(Actor actor) {
        return reads.run(() -> batch(actor.personaId(), BATCH_BYTES, true));
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
        return reads.run(() -> history.find(
                viewer == null ? null : viewer.personaId(), with, query.thread(), query.before(), query.limit()));
    }

    private Optional<Message> said(Actor actor, @Nullable String callId) {
        Long session = actor.sessionId();
        return session == null || callId == null
                ? Optional.empty()
                : deliveries.saidBy(session, callId).flatMap(messages::findById);
    }

    private static Said said(Message message, Map<Long, String> addressees) {
        return new Said(message.id(), message.createdAt(), message.toRoom(), List.copyOf(addressees.values()));
    }

    private Heard batch(long personaId, int bytes, boolean atLeastOne) {
        List<HeardMessage> batch = deliveries.inbox(personaId, BATCH_MESSAGES, bytes, atLeastOne);
        return new Heard(batch, deliveries.unread(personaId) - batch.size());
    }

    private static List<Long> numbers(List<HeardMessage> messages) {
        return messages.stream().map(HeardMessage::number).toList();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
