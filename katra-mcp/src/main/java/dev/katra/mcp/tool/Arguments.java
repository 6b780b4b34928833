package dev.katra.mcp.tool;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.Nulls;
import dev.katra.core.failure.Failure;
import dev.katra.core.text.Excerpt;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Turns a call's arguments into a tool's record, and says precisely what is wrong with them. */
public final class Arguments {

    private static final int SHOWN_BYTES = 64;

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .changeDefaultPropertyInclusion(usual -> usual.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    /** A null in a list means nothing. */
    private static final JsonMapper BINDING = JSON.rebuild()
            .changeDefaultNullHandling(usual -> usual.withContentNulls(Nulls.FAIL))
            .build();

    private Arguments() {}

    /**
     * The record that the arguments mean.
     *
     * @throws Failure INVALID if one is missing, unknown or of the wrong kind
     */
    public static <I extends Record> I bind(String tool, Map<String, Object> arguments, Class<I> type) {
        List<RecordComponent> components = Arrays.asList(type.getRecordComponents());
        List<String> names = components.stream().map(Schema::name).toList();
        String takes = names.isEmpty() ? tool + " takes no arguments" : tool + " takes " + String.join(", ", names);
        for (String given : arguments.keySet()) {
            if (!names.contains(given)) {
                throw Failure.invalid("unknown argument \"" + given + "\"").hint(takes);
            }
        }
        for (RecordComponent component : components) {
            if (!Schema.isOptional(component) && arguments.get(Schema.name(component)) == null) {
                throw Failure.invalid("the argument \"" + Schema.name(component) + "\" is missing")
                        .hint(takes);
            }
        }
        components.forEach(component -> requireKnown(component, arguments.get(Schema.name(component))));
        try {
            return BINDING.convertValue(arguments, type);
        } catch (JacksonException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof Failure failure) {
                    throw failure;
                }
            }
            String where =
                    e instanceof DatabindException mapping && !mapping.getPath().isEmpty()
                            ? "the argument \"" + mapping.getPath().get(0).getPropertyName() + "\" is of the wrong kind"
                            : "the arguments are of the wrong kind";
            throw Failure.invalid(where).hint(takes).cause(e);
        }
    }

    private static void requireKnown(RecordComponent component, @Nullable Object given) {
        if (component.getType().isEnum() && given instanceof String word) {
            List<String> words = Arrays.stream(component.getType().getEnumConstants())
                    .map(each -> ((Enum<?>) each).name().toLowerCase(Locale.ROOT))
                    .toList();
            if (!words.contains(word.toLowerCase(Locale.ROOT))) {
                throw Failure.invalid(
                                "\"" + Excerpt.of(word, List.of(), SHOWN_BYTES).text() + "\" is no "
                                        + Schema.name(component))
                        .hint(Schema.name(component) + " is " + String.join(", ", words.subList(0, words.size() - 1))
                                + " or " + words.get(words.size() - 1));
            }
        }
    }

    /** Part of an answer as a client gives it to its model. */
    public static String json(Record part) {
        return JSON.writeValueAsString(part);
    }

    /** A tool's answer as the JSON object that its output schema describes. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> structured(Record answer) {
        return JSON.convertValue(answer, Map.class);
    }
}
