package dev.katra.shell.server;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import java.util.Map;

/** Finds out on which port the server of a home listens, running or not. */
public final class ServerPort {

    /** The environment variable that names the port of a home that has none yet. */
    public static final String VARIABLE = "KATRA_PORT";

    /** The default port of a home that has none yet. */
    static final int DEFAULT_PORT = 3141;

    private ServerPort() {}

    /**
     * Returns the home's own port, else the one that the environment names, else the default one.
     *
     * @throws Failure INVALID if what the environment names is not a port
     */
    public static int of(KatraHome home, Map<String, String> environment) {
        return ServerFile.read(home).map(ServerFile::port).orElseGet(() -> {
            String named = environment.getOrDefault(VARIABLE, "");
            return named.isBlank() ? DEFAULT_PORT : parse(VARIABLE, named);
        });
    }

    /** Parses a port; the name says where the text stands. */
    static int parse(String name, String port) {
        try {
            int number = Integer.parseInt(port.strip());
            if (number >= 0 && number <= 65_535) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw Failure.invalid(name + " \"" + port + "\" is not a port")
                .hint("a port is a number from 1 to 65535, or 0 for a free one");
    }
}
