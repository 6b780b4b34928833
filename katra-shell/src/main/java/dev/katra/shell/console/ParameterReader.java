package dev.katra.shell.console;

import dev.katra.core.failure.Failure;
import dev.katra.core.text.Closest;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Locale;

/**
 * A parameter reader turns a word of the command line into the value of a command's parameter.
 *
 * @param option its option with both dashes; empty for an argument
 * @param noun what the value is called, such as "memory number"
 * @param allowedWords the allowed words; empty if the set is not closed
 * @param helpCommand the command that explains the value
 */
record ParameterReader(String option, String noun, List<String> allowedWords, Class<?> type, String helpCommand) {

    static ParameterReader of(Parameter parameter, String option, String help) {
        Takes takes = parameter.getAnnotation(Takes.class);
        return new ParameterReader(
                option,
                takes == null ? "number" : takes.value().noun(),
                takes == null ? List.of() : takes.value().allowedWords(),
                parameter.getType(),
                help);
    }

    /**
     * Returns the value of this word.
     *
     * @throws Failure INVALID if it has none
     */
    Object read(String word) {
        if (type == String.class) {
            return allowedWord(word);
        }
        if (type == boolean.class) {
            return switch (word) {
                case "true" -> true;
                case "false" -> false;
                default -> throw invalidValue(word, "is neither true nor false", "leave it out: " + option);
            };
        }
        try {
            // As messages and memories are printed.
            String digits = noun.endsWith(" number") && word.startsWith("#") ? word.substring(1) : word;
            if (type == Integer.class || type == int.class) {
                return Integer.valueOf(digits);
            }
            if (type == Long.class || type == long.class) {
                return Long.valueOf(digits);
            }
        } catch (NumberFormatException e) {
            throw invalidValue(word, "is not a " + noun, helpCommand).cause(e);
        }
        throw new IllegalStateException("no value of " + type + " can be made");
    }

    private String allowedWord(String word) {
        String known = word.toLowerCase(Locale.ROOT);
        if (allowedWords.isEmpty()) {
            return word;
        }
        if (!allowedWords.contains(known)) {
            throw invalidValue(
                    word,
                    "is not one of " + String.join(", ", allowedWords),
                    Closest.to(word, allowedWords)
                            .map(near -> "did you mean " + near + "?")
                            .orElse(helpCommand));
        }
        return known;
    }

    private Failure invalidValue(String word, String what, String next) {
        return Failure.invalid((option.isEmpty() ? "" : option + " ") + "\"" + word + "\" " + what)
                .hint(next);
    }
}
