package dev.katra.core.room;

import dev.katra.core.persona.UnreadMail;
import dev.katra.core.search.CutTexts;
import dev.katra.core.search.Searchable;
import dev.katra.core.store.Writes;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Deletes the deliveries that a persona has not received. The messages stay. The index of the messages names the addressees
 * of direct mail, so that it is indexed again without this one.
 */
@Component
class UnreadMailDeletion implements UnreadMail {

    /** The number of messages to the room whose deliveries one write deletes. */
    private static final int TO_ROOM = 500;

    private static final String UNREAD = """
            SELECT d.message_id FROM delivery d INDEXED BY delivery_inbox JOIN message m ON m.id = d.message_id
            WHERE d.persona_id = :persona AND d.received_at IS NULL AND m.to_room = :room
            ORDER BY d.message_id LIMIT :most""";

    private final JdbcClient jdbc;
    private final MessageIndex index;
    private final Writes writes;

    UnreadMailDeletion(JdbcClient jdbc, MessageIndex index, Writes writes) {
        this.jdbc = jdbc;
        this.index = index;
        this.writes = writes;
    }

    @Override
    public boolean delete(long personaId, CutTexts cut) {
        boolean[] nothingIsLeft = {false};
        var unused = Writes.inSlice(() -> {
            List<Long> direct = unread(personaId, false, 1);
            if (!direct.isEmpty()) {
                deleteDirect(direct.get(0), personaId, cut);
                return false;
            }
            nothingIsLeft[0] = delete(personaId, unread(personaId, true, TO_ROOM)) < TO_ROOM;
            return true;
        });
        return nothingIsLeft[0];
    }

    /** Removes the next part of a message from the index, or its delivery once it has left the index. */
    private void deleteDirect(long number, long personaId, CutTexts cut) {
        Searchable.Row message = index.row(number).orElseThrow();
        if (!index.remove(message, cut)) {
            cut.noteBegun(number);
            return;
        }
        delete(personaId, List.of(number));
        if (index.isIndexed(number)) {
            index.index(number, cut.terms(index.row(number).orElseThrow().text()));
        }
        writes.afterCommit(() -> index.search().evict(List.of(number)));
    }

    @Override
    public boolean restore(long message, CutTexts cut) {
        return index.row(message).map(row -> index.restore(row, cut)).orElse(true);
    }

    private List<Long> unread(long personaId, boolean room, int most) {
        return jdbc.sql(UNREAD)
                .param("persona", personaId)
                .param("room", room)
                .param("most", most)
                .query(Long.class)
                .list();
    }

    private int delete(long personaId, List<Long> messages) {
        return messages.isEmpty()
                ? 0
                : jdbc.sql("DELETE FROM delivery WHERE persona_id = :persona AND message_id IN (:messages)")
                        .param("persona", personaId)
                        .param("messages", messages)
                        .update();
    }
}
