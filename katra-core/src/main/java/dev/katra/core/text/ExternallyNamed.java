package dev.katra.core.text;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Enums implement this if their constants have names outside of the program: in files, in output or on the wire. */
public interface ExternallyNamed {

    /** Returns the name of the constant in Java. */
    String name();

    /** Returns the external name: {@code OPENAI_CHAT} is {@code openai-chat}. */
    default String externalName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the external name of any enum constant; one that does not implement this is named by the same rule. */
    static String of(Enum<?> constant) {
        ExternallyNamed named = constant instanceof ExternallyNamed it ? it : constant::name;
        return named.externalName();
    }

    /** Returns the constant with exactly this external name. */
    static <E extends Enum<E> & ExternallyNamed> Optional<E> find(Class<E> type, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.externalName().equals(name))
                .findFirst();
    }

    /** Returns the external names of all constants in their order, with commas between them. */
    static <E extends Enum<E> & ExternallyNamed> String list(Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(ExternallyNamed::externalName)
                .collect(Collectors.joining(", "));
    }
}
