package dev.katra.mcp.room;

import dev.katra.core.room.InboxMessage;
import dev.katra.core.room.MailBatch;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Collectors;

/** Writes mail as text that is added to a prompt. */
public final class MailText {

    /** The first line of such a text. */
    public static final String HEADER = "Katra mail:";

    private MailText() {}

    /**
     * Returns the messages in the form in which the tools show them, and how many more wait; empty if there are none at
     * all.
     */
    public static String of(MailBatch heard, Instant now) {
        String messages = heard.messages().stream()
                .map(message -> MessageOutput.of(message, now).lines())
                .collect(Collectors.joining("\n"));
        String more = heard.waiting() == 0 ? "" : heard.waiting() + " more wait: call katra_hear";
        if (messages.isEmpty()) {
            return more;
        }
        return HEADER + "\n" + messages + (more.isEmpty() ? "" : "\n" + more);
    }

    /** Returns the size of one message in such a text, in bytes. */
    public static int bytes(InboxMessage message, Instant now) {
        return MessageOutput.of(message, now).lines().getBytes(StandardCharsets.UTF_8).length + 1;
    }
}
