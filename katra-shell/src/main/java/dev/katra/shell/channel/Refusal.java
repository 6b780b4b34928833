package dev.katra.shell.channel;

import dev.katra.core.failure.Failure;
import dev.katra.core.text.VisibleText;
import dev.katra.shell.console.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A Refusal is the answer to a caller whose command the server does not take; nothing was done then. The entry point's
 * script prints its sentence and ends with its exit code; a command line in Java knows it by its status.
 */
enum Refusal {
    /** The request is larger than anything that the server takes. */
    TOO_LARGE(413, "Content Too Large"),

    /** The server runs as many commands as it runs at once. */
    TOO_MANY(429, "Too Many Requests"),

    /** Other requests have the memory that the server has for them. */
    NO_MEMORY(507, "Insufficient Storage"),

    /** The request did not come in time, or the server made room for newer callers. */
    TOO_SLOW(408, "Request Timeout");

    private final int status;
    private final String reason;

    Refusal(int status, String reason) {
        this.status = status;
        this.reason = reason;
    }

    /** Returns the refusal that has this status; empty if none has. */
    static Optional<Refusal> of(int status) {
        return Arrays.stream(values()).filter(each -> each.status == status).findFirst();
    }

    int status() {
        return status;
    }

    /** Returns the failure with which the caller's command ends. */
    Failure failure() {
        return switch (this) {
            case TOO_LARGE -> CommandRequest.inputTooLarge();
            case TOO_MANY ->
                Failure.unavailable("the server runs " + OwnerSocketHandler.MAX_RUNNING
                                + " commands at once and no more; nothing was done")
                        .hint("end some of them, and do it again; katra hear --follow runs until it is ended");
            case NO_MEMORY ->
                Failure.unavailable("the server has no memory left for this input beside others; nothing was done")
                        .hint("do it again when the others are done");
            case TOO_SLOW ->
                Failure.unavailable("the command did not reach the server in time; nothing was done")
                        .hint("do it again; see: katra server status");
        };
    }

    /** Sends the answer over a connection, which is of no further use. */
    void send(PrivateConnection connection) throws IOException {
        connection.send(bytes());
    }

    /** Returns the whole answer. */
    byte[] bytes() {
        Failure said = failure();
        String text = VisibleText.of(
                "katra: " + said.text() + "\n\nhint: " + said.hint().orElse("") + "\n");
        String told = CommandAnswer.headerLines(CommandAnswer.ERROR, text.getBytes(StandardCharsets.UTF_8))
                .stripTrailing();
        return PrivateSocket.head(status + " " + reason, told, CommandAnswer.END + ": " + ExitCode.of(said))
                .getBytes(StandardCharsets.UTF_8);
    }
}
