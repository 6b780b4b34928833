package dev.katra.core.room;

import java.util.List;
import org.springframework.stereotype.Service;

/** Finds past messages by a question or by words. Who may find what is as with the history. */
@Service
public class MessageSearch {

    /**
     * The messages that match, best first.
     *
     * @throws dev.katra.core.failure.Failure NOT_FOUND if the query names an unknown persona
     */
    public FoundMessages find(MessageQuery query) {
        return new FoundMessages(List.of(), 0, false, true);
    }
}
