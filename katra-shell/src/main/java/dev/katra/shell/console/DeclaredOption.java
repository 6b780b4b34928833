package dev.katra.shell.console;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.shell.core.command.CommandOption;
import org.springframework.shell.core.command.annotation.Option;

/**
 * A DeclaredOption is an option of a command, with the parameter that declares it. That is one of the command's method,
 * or of the canonical constructor of a record that the method takes: the compiler copies the annotations of a record's
 * components there. Records of options may hold records of options.
 *
 * @param description what the help says of it
 */
record DeclaredOption(Parameter parameter, String description) {

    /** Returns the options of a command's method, in the order in which the help lists them. */
    static List<DeclaredOption> of(Executable method) {
        List<DeclaredOption> options = new ArrayList<>();
        for (Parameter parameter : method.getParameters()) {
            Option mark = parameter.getAnnotation(Option.class);
            if (mark != null) {
                options.add(new DeclaredOption(parameter, mark.description()));
            } else if (isRecordOfOptions(parameter)) {
                OptionText[] texts = parameter.getAnnotationsByType(OptionText.class);
                ofRecord(parameter.getType()).forEach(option -> options.add(option.describedBy(texts)));
            }
        }
        return options;
    }

    private static List<DeclaredOption> ofRecord(Class<?> type) {
        List<DeclaredOption> options = of(canonicalConstructor(type));
        OptionOrder order = type.getAnnotation(OptionOrder.class);
        if (order != null) {
            List<String> names = List.of(order.value().split(" ", -1));
            options.sort(Comparator.comparing(option -> names.indexOf(option.longName())));
        }
        return options;
    }

    /** Returns whether the parameter is bound from the options of its record. */
    static boolean isRecordOfOptions(Parameter parameter) {
        return parameter.getType().isRecord() && parameter.getType() != Caller.class;
    }

    /** Returns the constructor of a record that takes all its components. */
    static Constructor<?> canonicalConstructor(Class<?> type) {
        try {
            Constructor<?> found = type.getDeclaredConstructor(Stream.of(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new));
            found.setAccessible(true);
            return found;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type + " has no canonical constructor", e);
        }
    }

    private DeclaredOption describedBy(OptionText... texts) {
        return Stream.of(texts)
                .filter(text -> text.option().isEmpty() || text.option().equals(longName()))
                .findFirst()
                .map(text -> new DeclaredOption(
                        parameter, description.contains("…") ? description.replace("…", text.value()) : text.value()))
                .orElse(this);
    }

    /** Returns its name, without the dashes before it. */
    String longName() {
        return longName(parameter);
    }

    /** Returns the name of the option that this parameter declares, without the dashes before it. */
    static String longName(Parameter parameter) {
        String name = parameter.getAnnotation(Option.class).longName();
        return name.isEmpty() ? parameter.getName() : name;
    }

    /** Returns it as Spring Shell registers it. */
    CommandOption registered() {
        Option mark = parameter.getAnnotation(Option.class);
        return CommandOption.with()
                .longName(longName())
                .shortName(mark.shortName())
                .description(description)
                .required(mark.required())
                .defaultValue(mark.defaultValue())
                .type(parameter.getType())
                .build();
    }
}
