package dev.katra.launcher.claude;

import dev.katra.launcher.agent.AgentStatus;
import dev.katra.launcher.agent.AgentStatus.Activity;
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
 */
final class StatusFile {

    private static final long MAX_FILE_BYTES = 64 * 1024;

    private StatusFile() {}

    /** Returns the path of the file in which a client keeps the status of a process. */
    static Path file(Path configuration, long pid) {
        return configuration.resolve("sessions").resolve(pid + ".json");
    }

    /** Returns the status in a file; empty if there is none, or if it is just being written. */
    static Optional<AgentStatus> read(Path file) {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                return Optional.empty();
            }
            JsonNode said = UserJson.JSON.readTree(Files.readString(file));
            long since = said.path("statusUpdatedAt").asLong(0);
            String status = said.path("status").asString("");
            return status.isEmpty() || since == 0
                    ? Optional.empty()
                    : Optional.of(new AgentStatus(
                            activity(status),
                            describeWait(said.path("waitingFor").asString("")),
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

    /** Returns what the client waits for in Katra's words; the client's own where it says something else. */
    private static String describeWait(String waitingFor) {
        return switch (waitingFor) {
            case "", "dialog open" -> "a dialog";
            case "permission prompt" -> "a permission";
            case "input needed" -> "an answer";
            default -> waitingFor;
        };
    }
}
