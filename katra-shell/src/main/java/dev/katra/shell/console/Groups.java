package dev.katra.shell.console;

import java.util.List;

/** Names the groups of the help, in their order. */
public final class Groups {

    /** Starting and stopping. */
    public static final String SESSIONS = "Sessions";

    /** Talking. */
    public static final String ROOM = "Room";

    /** Remembering. */
    public static final String MEMORY = "Memory";

    /** Providers. */
    public static final String PROVIDERS = "Providers";

    /** Katra itself. */
    public static final String KATRA = "Katra";

    private static final List<String> ORDER = List.of(SESSIONS, ROOM, MEMORY, PROVIDERS, KATRA);

    private Groups() {}

    static int order(String group) {
        int place = ORDER.indexOf(group);
        return place < 0 ? ORDER.size() : place;
    }
}
