package dev.katra.mcp.tool;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.Nulls;
import dev.katra.core.failure.Failure;
import dev.katra.core.text.Excerpt;
import dev.katra.core.text.ExternallyNamed;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

/** Binds a call's arguments to a tool's record, and reports precisely what is wrong with them. */
public final class ArgumentBinder {

    private static final int SHOWN_BYTES = 64;

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .changeDefaultPropertyInclusion(usual -> usual.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    /** Binds arguments, and refuses a null in a list, because it means nothing there. */
    private static final JsonMapper BINDING = JSON.rebuild()
            .changeDefaultNullHandling(usual -> usual.withContentNulls(Nulls.FAIL))
            .build();

    private static final ClassValue<Map<String, ArgumentRule>> KNOWN = new ClassValue<>() {
        @Override
        protected Map<String, ArgumentRule> computeValue(Class<?> type) {
            return ArgumentRule.all(type);
        }
    };

    private ArgumentBinder() {}

    /**
     * Returns the record that the arguments are bound to.
     *
     * @throws Failure INVALID if one is missing, unknown or of the wrong kind
     */
    public static <I extends Record> I bind(String tool, Map<String, Object> arguments, Class<I> type) {
        Map<String, ArgumentRule> known = KNOWN.get(type);
        for (String given : arguments.keySet()) {
            if (!known.containsKey(given)) {
                throw Failure.invalid("unknown argument \"" + given + "\"").hint(takes(tool, known));
            }
        }
        known.forEach((name, argument) -> {
            Object given = arguments.get(name);
            if (given == null && !argument.optional()) {
                throw Failure.invalid("the argument \"" + name + "\" is missing")
                        .hint(takes(tool, known));
            }
            if (given instanceof String word) {
                argument.requireKnown(name, word);
            }
        });
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
            throw Failure.invalid(where).hint(takes(tool, known)).cause(e);
        }
    }

    private static String takes(String tool, Map<String, ArgumentRule> known) {
        return tool + " takes " + (known.isEmpty() ? "no arguments" : String.join(", ", known.keySet()));
    }

    /**
     * Describes what an argument may be.
     *
     * @param words the accepted words, in lower case; empty if it may be anything
     */
    private record ArgumentRule(boolean optional, List<String> words) {

        static Map<String, ArgumentRule> all(Class<?> type) {
            Map<String, ArgumentRule> all = new LinkedHashMap<>();
            for (RecordComponent component : type.getRecordComponents()) {
                Object[] constants = component.getType().getEnumConstants();
                List<String> words = Arrays.stream(constants == null ? new Object[0] : constants)
                        .map(each -> ExternallyNamed.of((Enum<?>) each))
                        .toList();
                all.put(Schema.name(component), new ArgumentRule(Schema.isOptional(component), words));
            }
            return all;
        }

        void requireKnown(String name, String word) {
            if (!words.isEmpty() && !words.contains(word.toLowerCase(Locale.ROOT))) {
                throw Failure.invalid(
                                "\"" + Excerpt.of(word, List.of(), SHOWN_BYTES).text() + "\" is not a " + name)
                        .hint(name + " is " + String.join(", ", words.subList(0, words.size() - 1)) + " or "
                                + words.get(words.size() - 1));
            }
        }
    }

    /** Returns part of an answer as the JSON that a client gives its model. */
    public static String json(Record part) {
        return JSON.writeValueAsString(part);
    }

    /**
     * Returns a tool's answer as the JSON object that its output schema describes, written once for whoever serializes
     * it.
     */
    static RawValue structured(Record answer) {
        return new RawValue(JSON.writeValueAsString(answer));
    }
}
