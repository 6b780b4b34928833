package dev.katra.core.room;

import dev.katra.core.session.SessionScoped;
import dev.katra.core.session.SessionWatch;
import dev.katra.core.session.WakePolicy;
import dev.katra.core.store.Reads;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Remembers which sessions a prompt has only told of mail, because the first message was too large to be added to it.
 * Another prompt would tell them the same. A restart of the server clears it.
 */
@Component
public class MailNotices {

    private record MailNotice(long oldest, long newest) {}

    private final SessionScoped<MailNotice> announced;
    private final Deliveries deliveries;
    private final Reads reads;

    MailNotices(Deliveries deliveries, Reads reads, SessionWatch watch) {
        this.announced = new SessionScoped<>(watch);
        this.deliveries = deliveries;
        this.reads = reads;
    }

    /** Records whether a session was given its persona's mail with a prompt, or was only told of it. */
    void noteResult(long session, long personaId, MailBatch given) {
        if (given.messages().isEmpty()) {
            announced.put(
                    session,
                    new MailNotice(deliveries.oldestUnreceived(personaId), deliveries.newestUnreceived(personaId)));
        } else {
            announced.remove(session);
        }
    }

    /** Clears the record of a session, because another prompt follows. */
    public void forget(long session) {
        announced.remove(session);
    }

    /**
     * Returns whether the last prompt of the session only told of the mail, and no mail that wakes it has come since.
     */
    public boolean coversMail(long session, long personaId, WakePolicy policy) {
        @Nullable MailNotice last = announced.get(session);
        return last != null
                && reads.run(() -> deliveries.oldestUnreceived(personaId) == last.oldest()
                        && !deliveries.hasWakingMail(personaId, policy == WakePolicy.ALL, last.newest()));
    }
}
