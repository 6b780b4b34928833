package dev.katra.core.room;

import java.util.List;

/**
 * A batch from an inbox, in order.
 *
 * @param waiting how many more there are
 */
public record Heard(List<HeardMessage> messages, int waiting) {

    /** Nothing there. */
    public static final Heard NOTHING = new Heard(List.of(), 0);

    public Heard {
        messages = List.copyOf(messages);
    }
}
