package dev.katra.shell.console;

import tools.jackson.databind.json.JsonMapper;

/** JSON for {@code --json}: one line per value, times as ISO-8601 in UTC. */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    /** The value on one line. */
    public static String of(Object value) {
        return MAPPER.writeValueAsString(value);
    }
}
