package dev.katra.launcher.claude;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads the status that a client publishes of itself. The client keeps a file {@code sessions/PID.json} of each of its
 * processes in its configuration folder, for other sessions of the same user, and changes it at once: measured within
 * 0.2 s, also at dialogs that no hook reports, and when a person denies one or interrupts a turn.
 *
 * @param activity what the client does
 * @param waitingFor what it waits for, in the client's words; empty if it says nothing
 * @param since the time at which it began to do so
 * @param processStart the start of its process as the client has noted it; empty if it has not
 */
public record ClientStatus(Activity activity, String waitingFor, Instant since, String processStart) {

    /** Tells what a client does. */
    public enum Activity {
        /** The client works at a turn. */
        BUSY,
        /** The client waits for a prompt. */
        IDLE,
        /** A dialog on the client's screen waits for a person. */
        WAITING,
        /** The client reports a status that Katra does not know. */
        OTHER
    }

    private static final long MAX_FILE_BYTES = 64 * 1024;

    /** Returns the path of the file in which a client keeps the status of a process. */
    public static Path file(Path configuration, long pid) {
        return configuration.resolve("sessions").resolve(pid + ".json");
    }

    /** Returns the status in a file; empty if there is none, or if it is just being written. */
    public static Optional<ClientStatus> read(Path file) {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                return Optional.empty();
            }
            JsonNode said = UserJson.JSON.readTree(Files.readString(file));
            long since = said.path("statusUpdatedAt").asLong(0);
            String status = said.path("status").asString("");
            return status.isEmpty() || since == 0
                    ? Optional.empty()
                    : Optional.of(new ClientStatus(
                            activity(status),
                            said.path("waitingFor").asString(""),
                            Instant.ofEpochMilli(since),
                            said.path("procStart").asString("")));
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    private static Activity activity(String status) {
        return switch (status) {
            case "busy" -> Activity.BUSY;
            case "idle" -> Activity.IDLE;
            case "waiting" -> Activity.WAITING;
            default -> Activity.OTHER;
        };
    }
}
