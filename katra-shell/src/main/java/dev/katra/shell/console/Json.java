package dev.katra.shell.console;

import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** JSON for {@code --json}: one line per value, times as ISO-8601 in UTC, the words of closed sets in lower case. */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule().addSerializer(new Words()))
            .build();

    private Json() {}

    /** The value on one line. */
    public static String of(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    private static final class Words extends ValueSerializer<Enum<?>> {

        @Override
        public Class<?> handledType() {
            return Enum.class;
        }

        @Override
        public void serialize(Enum<?> word, JsonGenerator out, SerializationContext context) {
            out.writeString(word.name().toLowerCase(Locale.ROOT));
        }
    }
}
