package dev.katra.launcher.agent;

import dev.katra.core.home.KatraHome;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Tells where a session works.
 *
 * @param folder the absolute path of the folder in which it works
 * @param server the address of Katra's server, {@code http://127.0.0.1:3141}
 * @param isolatedPersona the persona whose isolated configuration the session uses; null for the user's own
 */
public record SessionSite(
        KatraHome home, Path folder, URI server, @Nullable String isolatedPersona) {}
