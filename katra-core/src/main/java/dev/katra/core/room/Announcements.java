package dev.katra.core.room;

import dev.katra.core.session.WakePolicy;
import dev.katra.core.store.Reads;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What sessions were told of with a prompt and not given, because the first message was too large for one. Another prompt
 * would tell them the same. A restart of the server forgets it.
 */
@Component
public class Announcements {

    private record Announced(long oldest, long newest) {}

    private final ConcurrentMap<Long, Announced> announced = new ConcurrentHashMap<>();
    private final Deliveries deliveries;
    private final Reads reads;

    Announcements(Deliveries deliveries, Reads reads) {
        this.deliveries = deliveries;
        this.reads = reads;
    }

    /** Notes what came of giving a session its persona's mail with a prompt. */
    void made(long session, long personaId, Heard given) {
        if (given.messages().isEmpty()) {
            announced.put(session, new Announced(deliveries.oldest(personaId), deliveries.newest(personaId)));
        } else {
            announced.remove(session);
        }
    }

    /** Forgets what the session was told of: another prompt is to come. */
    public void forget(long session) {
        announced.remove(session);
    }

    /** Whether the session's last prompt only told of the mail, and none has come since that wakes it. */
    public boolean cover(long session, long personaId, WakePolicy policy) {
        @Nullable Announced last = announced.get(session);
        return last != null
                && reads.run(() -> deliveries.oldest(personaId) == last.oldest()
                        && !deliveries.wakes(personaId, policy == WakePolicy.ALL, last.newest()));
    }
}
