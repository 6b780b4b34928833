package dev.katra.mcp.room;

import dev.katra.core.room.Heard;
import java.util.stream.Collectors;

/** Mail as text that is added to a prompt. */
public final class MailText {

    /** What such a text begins with. */
    public static final String HEADER = "Katra mail:";

    private MailText() {}

    /** The messages in the form in which the tools show them, and how many more there are; empty if there are none at all. */
    public static String of(Heard heard) {
        String messages = heard.messages().stream()
                .map(message -> MessageView.of(message).lines())
                .collect(Collectors.joining("\n"));
        String more = heard.waiting() == 0 ? "" : heard.waiting() + " more wait: call katra_hear";
        if (messages.isEmpty()) {
            return more;
        }
        return HEADER + "\n" + messages + (more.isEmpty() ? "" : "\n" + more);
    }
}
