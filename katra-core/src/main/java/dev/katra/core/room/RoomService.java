package dev.katra.core.room;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Actor;
import dev.katra.core.persona.Persona;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.search.CutTexts;
import dev.katra.core.search.StoredTexts;
import dev.katra.core.search.Terms;
import dev.katra.core.secret.SecretGuard;
import dev.katra.core.session.WakePolicy;
import dev.katra.core.store.Reads;
import dev.katra.core.store.Writes;
import dev.katra.core.store.Writes.Step;
import dev.katra.core.text.StoredText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
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
 * Delivers messages between personas: at least once, in order, per persona; nothing is truncated or dropped, a sender
 * does not hear itself, and a persona that was away finds what was said meanwhile.
 */
@Service
public class RoomService {

    /** The largest message, in UTF-8 bytes. */
    public static final int MAX_BYTES = 64 * 1024;

    /**
     * The number of messages that are analysed at once before they are deleted: of the longest, these take some
     * megabytes.
     */
    private static final int ANALYSED_AT_ONCE = 16;

    private static final int DELETED_AT_ONCE = 500;

    /** The number of answers that are released from a message at once; the longest take some milliseconds. */
    private static final int REPLIES = 16;

    /** The largest size of a batch of mail, in UTF-8 bytes; a batch has at least one message even if that is larger. */
    static final int MAX_BATCH_BYTES = 48 * 1024;

    private static final int MAX_BATCH_MESSAGES = 200;

    private final Messages messages;
    private final Deliveries deliveries;
    private final UnconfirmedDeliveries offers;
    private final MailNotices announcements;
    private final UnreportedSessions silence;
    private final MessageHistory history;
    private final MessageIndex index;
    private final Mailbox mailbox;
    private final PersonaService personas;
    private final SecretGuard secrets;
    private final Writes writes;
    private final Reads reads;
    private final Clock clock;

    RoomService(
            Messages messages,
            Deliveries deliveries,
            UnconfirmedDeliveries offers,
            MailNotices announcements,
            UnreportedSessions silence,
            MessageHistory history,
            MessageIndex index,
            Mailbox mailbox,
            PersonaService personas,
            SecretGuard secrets,
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
        this.secrets = secrets;
        this.writes = writes;
        this.reads = reads;
        this.clock = clock;
    }

    /**
     * Sends a message to the room, or to the named personas only. A call id that this session has used before sends
     * nothing again and returns the receipt of that call.
     *
     * @throws Failure INVALID for a text that is empty, over {@link #MAX_BYTES} or not valid text, for an empty name,
     *     or for a secret where those are refused; NOT_FOUND for an unknown name or for an answer to a message that the
     *     actor cannot see
     */
    public SayReceipt say(Actor actor, NewMessage wanted, @Nullable String callId) {
        StoredText.require("message", wanted.text(), MAX_BYTES, "put it in a file and say where the file is");
        NewMessage said = wanted.text(secrets.storable("message", wanted.text()));
        Map<Long, String> named = new LinkedHashMap<>();
        for (String name : said.to()) {
            if (name.isBlank()) {
                throw Failure.invalid("the name of a recipient is empty").hint("name somebody, or nobody for the room");
            }
            Persona persona = personas.getAddressee(name);
            named.put(persona.id(), persona.name());
        }
        named.remove(actor.personaId());
        if (named.isEmpty() && !said.to().isEmpty()) {
            throw Failure.invalid("the message goes to its own sender only")
                    .hint("name somebody else, or nobody for the room");
        }
        Instant now = clock.instant();
        Terms words = MessageTexts.toRoom(said.text(), actor.persona(), actor.personaId(), now)
                .terms();
        return writes.run(() -> {
            Optional<Message> before = said(actor, callId);
            if (before.isPresent()) {
                return said(before.get(), deliveries.addressees(before.get().id()));
            }
            Set<Long> heardIt = audience(actor, said.replyTo());
            Set<Long> to = named.isEmpty() ? heardIt : named.keySet();
            Message message = messages.add(actor, said, callId, to.isEmpty(), now);
            if (to.isEmpty()) {
                deliveries.addressRoom(message.id(), actor.personaId());
            } else {
                to.forEach(id -> deliveries.address(message.id(), id));
            }
            Map<Long, String> addressees = deliveries.addressees(message.id());
            index.add(message, words, to);
            writes.afterCommit(() -> mailbox.wake(addressees.keySet()));
            return said(message, addressees);
        });
    }

    /** Returns all others who had the answered message; the empty set stands for the room. */
    private Set<Long> audience(Actor actor, @Nullable Long replyTo) {
        if (replyTo == null) {
            return Set.of();
        }
        Message answered = messages.find(replyTo).orElseThrow(() -> unknown(replyTo));
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
     * Returns the unread mail of a session's persona, oldest first. It stays unread until {@link #confirmReceived} is called
     * with this call id, and until then it is given again, marked; the same call id gets the same batch.
     *
     * @param ack the last number of those received, from a client that reports nothing of its calls
     * @param bytes the size of a message in the answer, which is no less than its text
     */
    public MailBatch hear(Actor actor, @Nullable String callId, @Nullable Long ack, ToIntFunction<InboxMessage> bytes) {
        long session = session(actor);
        if (ack != null) {
            acknowledge(actor, ack);
        }
        if (!hasMailFor(actor, callId)) {
            return MailBatch.EMPTY;
        }
        boolean silent = silence.isUnreported(session, callId) && ack == null;
        return writes.run(() -> {
            List<InboxMessage> before = callId == null
                    ? List.of()
                    : deliveries.givenBefore(actor.personaId(), offers.givenUnder(session, callId));
            if (!before.isEmpty()) {
                return new MailBatch(before, deliveries.unreadBesides(actor.personaId(), numbers(before)));
            }
            MailBatch heard = batch(actor.personaId(), MAX_BATCH_BYTES, true).limitedTo(MAX_BATCH_BYTES, bytes, true);
            return offer(actor, callId, heard.markedUnprovedIf(silent));
        });
    }

    /** Returns unread mail as the other method does, for a client that gets the texts alone. */
    public MailBatch hear(Actor actor, @Nullable String callId, @Nullable Long ack) {
        return hear(actor, callId, ack, message -> message.said().text().length());
    }

    /**
     * Returns whether {@link #hear} has anything for this call: there is mail, or a batch that the same call was given
     * before.
     */
    public boolean hasMailFor(Actor actor, @Nullable String callId) {
        return reads.run(
                () -> unread(actor.personaId()) > 0 || (callId != null && open(session(actor), List.of(callId))));
    }

    /**
     * Returns the unread mail that can be added to a prompt, oldest first, up to {@code maxBytes}: none if the first
     * message alone is larger. It stays unread as with {@link #hear}, with the id of the prompt as that of the call.
     *
     * @param bytes the size of a message in the prompt, which is no less than its text
     */
    public MailBatch hearWithPrompt(Actor actor, String promptId, int maxBytes, ToIntFunction<InboxMessage> bytes) {
        long session = session(actor);
        silence.noteReported(session);
        if (unread(actor.personaId()) == 0) {
            return MailBatch.EMPTY;
        }
        return writes.run(() -> {
            offers.withdraw(session, List.of(promptId));
            MailBatch heard = batch(actor.personaId(), maxBytes, false).limitedTo(maxBytes, bytes, false);
            announcements.noteResult(session, actor.personaId(), heard);
            return offer(actor, promptId, heard);
        });
    }

    private MailBatch offer(Actor actor, @Nullable String through, MailBatch heard) {
        if (!heard.messages().isEmpty()) {
            deliveries.markOffered(actor.personaId(), numbers(heard.messages()), clock.instant());
            if (through != null) {
                offers.add(session(actor), through, heard.messages());
            }
            silence.noteGiven(session(actor), through);
        }
        return heard;
    }

    /** Confirms that a session has received what it was given up to this number; what was never given stays unread. */
    public void acknowledge(Actor actor, long last) {
        writes.run(() -> deliveries.markReceivedUpTo(actor.personaId(), last, clock.instant()));
    }

    /**
     * Confirms that a session has received what it was given under these delivery keys: ids of calls and of prompts.
     */
    public void confirmReceived(Actor actor, List<String> through) {
        long session = session(actor);
        silence.noteReported(session);
        if (open(session, through)) {
            writes.run(() -> {
                confirm(actor.personaId(), session, through);
                return true;
            });
        }
    }

    private void confirm(long personaId, long session, List<String> through) {
        Set<Long> numbers = new HashSet<>();
        through.forEach(way -> numbers.addAll(offers.givenUnder(session, way).keySet()));
        if (!numbers.isEmpty()) {
            deliveries.markReceived(personaId, numbers, clock.instant());
            offers.withdraw(session, through);
        }
    }

    /** Withdraws what a session was given under these delivery keys and did not receive; it is given again. */
    public void withdraw(Actor actor, List<String> through) {
        long session = session(actor);
        silence.noteReported(session);
        if (open(session, through)) {
            writes.run(() -> {
                offers.withdraw(session, through);
                return true;
            });
        }
    }

    /** Returns whether the persona has mail that wakes a session with this policy. */
    public boolean hasWakingMail(long personaId, WakePolicy policy) {
        return policy != WakePolicy.NEVER
                && reads.run(() -> deliveries.hasWakingMail(personaId, policy == WakePolicy.ALL, 0));
    }

    /**
     * Deletes messages that are older than this and that every addressee who is still here has received, up to
     * {@code atOnce}. A message
     * that went to nobody stays in the history for those who come later. Other writes wait for moments only.
     *
     * @return how many were deleted
     */
    public int deleteReceived(Duration age, int atOnce) {
        Instant before = clock.instant().minus(age);
        while (writes.run(() -> offers.deleteOfEndedSessions(DELETED_AT_ONCE)) == DELETED_AT_ONCE) {
            // others write in between
        }
        List<Long> numbers = reads.run(() -> messages.received(before, atOnce));
        int deleted = 0;
        for (int from = 0; from < numbers.size(); from += ANALYSED_AT_ONCE) {
            List<Long> some = numbers.subList(from, Math.min(numbers.size(), from + ANALYSED_AT_ONCE));
            CutTexts cut = CutTexts.ofRows(reads.run(() -> index.texts().rows(some)));
            deleted += cut.complete(() -> writes.runEach(some, number -> delete(number, before, cut)));
        }
        return deleted;
    }

    private Step delete(long number, Instant before, CutTexts cut) {
        StoredTexts.Row message = index.texts().row(number).orElse(null);
        if (message == null) {
            return Step.NOTHING;
        }
        if (!messages.isReceived(number, before)) { // any more, if an addressee has come back between two parts
            return index.restore(message, cut) ? Step.NOTHING : Step.MORE;
        }
        if (messages.release(number, REPLIES) == REPLIES || !index.remove(message, cut)) {
            return Step.MORE;
        }
        messages.delete(number);
        writes.afterCommit(() -> index.search().evict(List.of(number)));
        return Step.DONE;
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

    /** Returns the unread mail of a person; it stays unread until {@link #markReceived} is called. */
    public MailBatch inbox(Actor actor) {
        return reads.run(() -> batch(actor.personaId(), MAX_BATCH_BYTES, true));
    }

    /** Marks these messages as received. */
    public void markReceived(Actor actor, Collection<Long> numbers) {
        if (!numbers.isEmpty()) {
            writes.run(() -> deliveries.markReceived(actor.personaId(), numbers, clock.instant()));
        }
    }

    /**
     * Returns a future that completes when mail for the persona comes, on a thread that may block. Ask for it first,
     * then read the inbox, then wait; cancel it when you stop waiting.
     */
    public CompletableFuture<Void> nextMail(long personaId) {
        return mailbox.nextMail(personaId);
    }

    /** Returns the number of messages that the persona has not received. */
    public int unread(long personaId) {
        return reads.run(() -> deliveries.unread(personaId));
    }

    /** Returns the number of unread messages of each persona that has any, by persona id. */
    public Map<Long, Integer> unread() {
        return reads.run(deliveries::unread);
    }

    /**
     * Returns the newest messages that match, the oldest of them first.
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
                : messages.sentBy(session, callId).flatMap(messages::find);
    }

    private static SayReceipt said(Message message, Map<Long, String> addressees) {
        return new SayReceipt(message.id(), message.createdAt(), message.toRoom(), List.copyOf(addressees.values()));
    }

    private MailBatch batch(long personaId, int bytes, boolean atLeastOne) {
        List<InboxMessage> batch = deliveries.inbox(personaId, MAX_BATCH_MESSAGES, bytes, atLeastOne);
        return new MailBatch(batch, deliveries.unread(personaId) - batch.size());
    }

    private static List<Long> numbers(List<InboxMessage> messages) {
        return messages.stream().map(InboxMessage::number).toList();
    }
}
