package dev.katra.launcher.claude;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.core.home.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Prepares a configuration folder of the client that belongs to Katra and one persona, with the questions of a first
 * run answered. The folder stays, so that the persona's conversations can be resumed. The user's own configuration is
 * neither read nor changed.
 */
public final class IsolatedConfig {

    /** The environment variable that tells the client the folder. */
    public static final String VARIABLE = "CLAUDE_CONFIG_DIR";

    private static final String FILE = ".claude.json";
    private static final int KEY_TAIL = 20;

    private IsolatedConfig() {}

    /**
     * Prepares a persona's folder for a session and keeps whatever else the client wrote there.
     *
     * @param workFolder the folder in which the session works, trusted from now on
     * @param apiKey the session's ANTHROPIC_API_KEY, approved from now on by its last characters; null if it gets none
     * @return the folder, the value of {@link #VARIABLE}
     * @throws Failure UNAVAILABLE if the folder cannot be read or written, INVALID if its file is damaged
     */
    public static Path prepare(KatraHome home, String persona, Path workFolder, @Nullable String apiKey) {
        Path folder = folder(home, persona);
        KatraHome.privateFolder(home.root().resolve("claude-config"));
        KatraHome.privateFolder(folder);
        Path file = folder.resolve(FILE);
        ObjectNode config = existing(file);
        String what = file.toString();
        config.put("hasCompletedOnboarding", true);
        UserJson.object(
                        UserJson.object(config, "projects", what),
                        real(workFolder).toString(),
                        what)
                .put("hasTrustDialogAccepted", true);
        if (apiKey != null && !apiKey.isEmpty()) {
            approve(UserJson.object(config, "customApiKeyResponses", what), apiKey, what);
        }
        PrivateFiles.write(file, config.toPrettyString());
        return folder;
    }

    /** Returns the folder of a persona, whether it is prepared or not. */
    public static Path folder(KatraHome home, String persona) {
        return home.root().resolve("claude-config").resolve(persona);
    }

    private static void approve(ObjectNode responses, String apiKey, String what) {
        String tail = apiKey.substring(Math.max(0, apiKey.length() - KEY_TAIL));
        ArrayNode approved = UserJson.array(responses, "approved", what);
        JsonNode entry = approved.stringNode(tail);
        if (!approved.values().contains(entry)) {
            approved.add(entry);
        }
    }

    private static ObjectNode existing(Path file) {
        try {
            return Files.exists(file)
                    ? UserJson.parse(Files.readString(file), "the file \"" + file + "\"")
                    : UserJson.JSON.createObjectNode();
        } catch (IOException e) {
            throw Failure.unavailable("cannot read " + file).hint(Failure.DISK).cause(e);
        }
    }

    /** Returns the folder without symbolic links, as the client knows it. */
    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            throw Failure.notFound("no folder \"" + folder + "\"")
                    .hint("make it first, or name another: --cwd FOLDER")
                    .cause(e);
        }
    }
}
