package dev.katra.core.room;

import java.util.List;
import java.util.function.ToIntFunction;

/**
 * A batch from an inbox, in order.
 *
 * @param waiting how many more there are
 * @param unproved true if the session was given mail before, and its client has reported nothing since
 */
public record Heard(List<HeardMessage> messages, int waiting, boolean unproved) {

    /** Nothing there. */
    public static final Heard NOTHING = new Heard(List.of(), 0);

    public Heard {
        messages = List.copyOf(messages);
    }

    /** A batch that needs no word about proof. */
    public Heard(List<HeardMessage> messages, int waiting) {
        this(messages, waiting, false);
    }

    /** As many from the front as fit into so many bytes; the first may be larger if there is to be one at least. */
    Heard fitting(int maxBytes, ToIntFunction<HeardMessage> bytes, boolean atLeastOne) {
        int all = 0;
        int fitting = 0;
        for (HeardMessage message : messages) {
            all += bytes.applyAsInt(message);
            if (all > maxBytes && !(atLeastOne && fitting == 0)) {
                break;
            }
            fitting++;
        }
        return new Heard(messages.subList(0, fitting), waiting + messages.size() - fitting);
    }

    /** The same batch, marked as unproved if it has what was given before. */
    Heard unprovedIf(boolean silent) {
        return new Heard(messages, waiting, silent && messages.stream().anyMatch(HeardMessage::redelivered));
    }
}
