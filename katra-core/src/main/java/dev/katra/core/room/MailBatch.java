package dev.katra.core.room;

import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Holds a batch of mail from an inbox, in order.
 *
 * @param waiting the number of messages that follow in the inbox
 * @param unproved true if the session was given mail before, and its client has reported nothing since
 */
public record MailBatch(List<InboxMessage> messages, int waiting, boolean unproved) {

    /** The batch without any mail. */
    public static final MailBatch EMPTY = new MailBatch(List.of(), 0);

    public MailBatch {
        messages = List.copyOf(messages);
    }

    /** Creates a batch that need not be marked as unproved. */
    public MailBatch(List<InboxMessage> messages, int waiting) {
        this(messages, waiting, false);
    }

    /**
     * Returns a batch of as many messages from the front as fit into {@code maxBytes}; the first may be larger if
     * {@code atLeastOne}.
     */
    MailBatch limitedTo(int maxBytes, ToIntFunction<InboxMessage> bytes, boolean atLeastOne) {
        int all = 0;
        int fitting = 0;
        for (InboxMessage message : messages) {
            all += bytes.applyAsInt(message);
            if (all > maxBytes && !(atLeastOne && fitting == 0)) {
                break;
            }
            fitting++;
        }
        return new MailBatch(messages.subList(0, fitting), waiting + messages.size() - fitting);
    }

    /** Returns the same batch, marked as unproved if {@code silent} and it holds messages that were given before. */
    MailBatch markedUnprovedIf(boolean silent) {
        return new MailBatch(messages, waiting, silent && messages.stream().anyMatch(InboxMessage::redelivered));
    }
}
