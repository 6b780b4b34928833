package dev.katra.shell.console;

import dev.katra.core.memory.MemoryKind;
import dev.katra.core.memory.MemoryScope;
import dev.katra.core.session.WakePolicy;
import dev.katra.core.text.ExternallyNamed;
import dev.katra.core.usage.UsageGrouping;
import dev.katra.launcher.provider.Route;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Declares the kind of value that an option or argument takes: the help shows it as the placeholder, and the prompt
 * completes it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Takes {

    /** The kind of value. */
    ValueKind value();

    /** True for arguments of which there may be none. */
    boolean optional() default false;

    /** The kinds of values. */
    enum ValueKind {
        /** A persona whose session runs. */
        RUNNING_PERSONA("NAME"),
        /** A persona whose last session has ended. */
        ENDED_PERSONA("NAME"),
        /** Any persona. */
        PERSONA("NAME"),
        /** A persona that is a person. */
        PERSON("NAME"),
        /** A group of personas. */
        PERSONA_GROUP("WHO", "running,ended,people"),
        /** A provider. */
        PROVIDER("PROVIDER"),
        /** A command's name. */
        COMMAND("COMMAND"),
        /** A route. */
        ROUTE("ROUTE", allowedWords(Route.values())),
        /** A word for what the requests of one line of usage have in common. */
        USAGE_GROUPING("WHAT", allowedWords(UsageGrouping.values())),
        /** A policy that says which mail wakes a session. */
        WAKE_POLICY("POLICY", allowedWords(WakePolicy.values())),
        /** A kind of memory. */
        MEMORY_KIND("KIND", allowedWords(MemoryKind.values())),
        /** The scope of a memory. */
        MEMORY_SCOPE("SCOPE", allowedWords(MemoryScope.values())),
        /** The format of a file of memories. */
        MEMORY_FORMAT("FORMAT", "katra,{agent-command},server-memory"),
        /** A model, by the provider's name of it. */
        MODEL("MODEL"),
        /** A folder. */
        FOLDER("FOLDER"),
        /** A file. */
        FILE("FILE"),
        /** Words that are kept or sent. */
        TEXT("TEXT"),
        /** Words to look for. */
        QUESTION("QUESTION"),
        /** The number of a message. */
        MESSAGE_NUMBER("NUMBER"),
        /** The number of a memory. */
        MEMORY_NUMBER("NUMBER"),
        /** The number of a turn. */
        TURN_NUMBER("NUMBER"),
        /** Numbers with commas between them. */
        NUMBERS("NUMBERS"),
        /** A number of things. */
        COUNT("COUNT"),
        /** The importance of a memory. */
        IMPORTANCE("1-5"),
        /** One word. */
        WORD("WORD"),
        /** An age or a date. */
        SINCE("AGE|DATE"),
        /** The beginning of a conversation's id. */
        CONVERSATION("ID"),
        /** A port. */
        PORT("PORT");

        private final String placeholder;
        private final String allowedWords;

        ValueKind(String placeholder) {
            this(placeholder, "");
        }

        ValueKind(String placeholder, String allowedWords) {
            this.placeholder = placeholder;
            this.allowedWords = allowedWords;
        }

        /** Returns the placeholder in the help. */
        public String placeholder() {
            return placeholder;
        }

        /** Returns the noun by which an error names a number of this kind. */
        String noun() {
            return switch (this) {
                case MESSAGE_NUMBER -> "message number";
                case MEMORY_NUMBER -> "memory number";
                case TURN_NUMBER -> "turn number";
                case PORT -> "port";
                default -> "number";
            };
        }

        /** Returns the allowed words, where the set is closed; else none. */
        public List<String> allowedWords() {
            return allowedWords.isEmpty()
                    ? List.of()
                    : List.of(AgentWords.fill(allowedWords).split(",", -1));
        }

        private static String allowedWords(ExternallyNamed... values) {
            return Stream.of(values).map(ExternallyNamed::externalName).collect(Collectors.joining(","));
        }
    }
}
