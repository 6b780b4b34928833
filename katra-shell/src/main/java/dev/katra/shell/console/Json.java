package dev.katra.shell.console;

import dev.katra.core.text.ExternallyNamed;
import dev.katra.core.text.VisibleText;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Writes JSON for {@code --json}: one line per value, times as ISO-8601 in UTC, enum constants in lower case, and
 * escapes for what a terminal would act on or not show.
 */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule().addSerializer(new EnumSerializer()))
            .build();

    private Json() {}

    /** Returns the value as JSON on one line. */
    public static String of(Object value) {
        return VisibleText.escapeJson(MAPPER.writeValueAsString(value));
    }

    private static final class EnumSerializer extends ValueSerializer<Enum<?>> {

        @Override
        public Class<?> handledType() {
            return Enum.class;
        }

        @Override
        public void serialize(Enum<?> word, JsonGenerator out, SerializationContext context) {
            out.writeString(ExternallyNamed.of(word));
        }
    }
}
