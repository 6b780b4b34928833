package dev.katra.core.room;

import dev.katra.core.persona.UnreadMail;
import dev.katra.core.search.CutTexts;
import dev.katra.core.search.StoredTexts;
import dev.katra.core.store.Writes;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Deletes the deliveries that a persona has not received. The messages stay. The index of the messages names the addressees
 * of direct mail, so that it is indexed again without this one.
 */
@Component
class UnreadMailDeletion implements UnreadMail {

    /** The number of messages to the room whose deliveries one write deletes. */
    private static final int TO_ROOM = 500;

    private final Deliveries deliveries;
    private final MessageIndex index;
    private final Writes writes;

    UnreadMailDeletion(Deliveries deliveries, MessageIndex index, Writes writes) {
        this.deliveries = deliveries;
        this.index = index;
        this.writes = writes;
    }

    @Override
    public boolean delete(long personaId, CutTexts cut) {
        boolean[] nothingIsLeft = {false};
        var unused = Writes.inSlice(() -> {
            List<Long> direct = deliveries.unreceived(personaId, false, 1);
            if (!direct.isEmpty()) {
                deleteDirect(direct.get(0), personaId, cut);
                return false;
            }
            nothingIsLeft[0] = deliveries.delete(personaId, deliveries.unreceived(personaId, true, TO_ROOM)) < TO_ROOM;
            return true;
        });
        return nothingIsLeft[0];
    }

    /** Removes the next part of a message from the index, or its delivery once it has left the index. */
    private void deleteDirect(long number, long personaId, CutTexts cut) {
        StoredTexts.Row message = index.texts().row(number).orElseThrow();
        if (!index.remove(message, cut)) {
            cut.noteBegun(number);
            return;
        }
        deliveries.delete(personaId, List.of(number));
        if (index.isIndexed(number)) {
            index.index(
                    number, cut.terms(index.texts().row(number).orElseThrow().text()));
        }
        writes.afterCommit(() -> index.search().evict(List.of(number)));
    }

    @Override
    public boolean restore(long message, CutTexts cut) {
        return index.texts().row(message).map(row -> index.restore(row, cut)).orElse(true);
    }
}
