package dev.katra.launcher.claude.settings;

import java.nio.file.Path;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * Holds one settings file of the client.
 *
 * @param scope whose file it is
 * @param content an object; an empty one if the file is not valid JSON, as the client itself leaves such a file out
 */
record SettingsFile(Scope scope, Path path, JsonNode content) {

    /** Tells who writes a file, the strongest first. */
    enum Scope {
        /** The machine's administrators write it. */
        MANAGED,
        /** One person writes it for one project. */
        LOCAL,
        /** Everybody who works on the project shares it. */
        PROJECT,
        /** One person writes it for all projects. */
        USER
    }

    SettingsFile {
        Objects.requireNonNull(scope, "scope is null");
        Objects.requireNonNull(path, "path is null");
        Objects.requireNonNull(content, "content is null");
    }

    /** Returns whether the administrators wrote it; no other file overrules theirs. */
    boolean isManaged() {
        return scope == Scope.MANAGED;
    }
}
