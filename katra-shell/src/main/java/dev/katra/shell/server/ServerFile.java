package dev.katra.shell.server;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the home knows of its server. The file outlives the server, so that the port stays the home's.
 *
 * @param startedAt when the process started, in epoch milliseconds
 */
public record ServerFile(long pid, long startedAt, int port, String version) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The file of the home; empty if there is none or it cannot be read as one. */
    public static Optional<ServerFile> read(KatraHome home) {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(home.serverFile()), ServerFile.class));
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    /** Replaces the file of the home. */
    public void write(KatraHome home) {
        try {
            Path fresh = Files.createTempFile(home.root(), "server", ".new");
            Files.write(fresh, JSON.writeValueAsBytes(this));
            Files.move(fresh, home.serverFile(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw Failure.unavailable("cannot write " + home.serverFile() + ": " + e.getMessage())
                    .cause(e);
        }
    }

    /** The address that sessions use. */
    public String uri() {
        return "http://127.0.0.1:" + port;
    }
}
