package dev.katra.mcp.room;

import dev.katra.core.room.Heard;
import dev.katra.core.room.HeardMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Collectors;

/** Mail as text that is added to a prompt. */
public final class MailText {

    /** What such a text begins with. */
    public static final String HEADER = "Katra mail:";

    private MailText() {}

    /** The messages in the form in which the tools show them, and how many more there are; empty if there are none at all. */
    public static String of(Heard heard, Instant now) {
        String messages = heard.messages().stream()
                .map(message -> MessageView.of(message, now).lines())
                .collect(Collectors.joining("\n"));
        String more = heard.waiting() == 0 ? "" : heard.waiting() + " more wait: call katra_hear";
        if (messages.isEmpty()) {
            return more;
        }
        return HEADER + "\n" + messages + (more.isEmpty() ? "" : "\n" + more);
    }

    /** What one message takes of such a text. */
    public static int bytes(HeardMessage message, Instant now) {
        return MessageView.of(message, now).lines().getBytes(StandardCharsets.UTF_8).length + 1;
    }
}
