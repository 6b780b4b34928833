package dev.katra.shell.console;

import dev.katra.core.failure.Failure;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.CommandArgument;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.CommandOption;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Option;

/**
 * Turns the words of a command line into the arguments of a command's method. A parameter that is a record of options
 * is made from the options that its components declare.
 */
final class CommandBinder {

    private CommandBinder() {}

    static @Nullable Object[] bind(Executable method, CommandContext context) throws ReflectiveOperationException {
        List<@Nullable Object> values = new ArrayList<>();
        for (Parameter parameter : method.getParameters()) {
            values.add(value(parameter, context));
        }
        return values.toArray();
    }

    private static @Nullable Object value(Parameter parameter, CommandContext context)
            throws ReflectiveOperationException {
        Class<?> type = parameter.getType();
        if (type == Caller.class) {
            return Invocation.of(context).caller();
        }
        if (parameter.isAnnotationPresent(PassThroughArguments.class)) {
            return Invocation.of(context).passThrough();
        }
        Option option = parameter.getAnnotation(Option.class);
        if (option != null) {
            String name = DeclaredOption.longName(parameter);
            List<String> given = given(context, name);
            if (given.isEmpty() && option.required()) {
                throw Failure.invalid("the option --" + name + " is missing").hint(helpOf(context));
            }
            return option(given, option.defaultValue(), ParameterReader.of(parameter, "--" + name, helpOf(context)));
        }
        if (DeclaredOption.isRecordOfOptions(parameter)) {
            Constructor<?> maker = DeclaredOption.canonicalConstructor(type);
            return maker.newInstance(bind(maker, context));
        }
        Argument argument = parameter.getAnnotation(Argument.class);
        if (argument != null) {
            CommandArgument given = context.getArgumentByIndex(argument.index());
            if (given == null && isOptional(parameter)) {
                return null;
            }
            if (given == null && argument.defaultValue().isEmpty()) {
                throw Failure.invalid(CallerCommand.placeholder(parameter) + " is missing")
                        .hint(helpOf(context));
            }
            return ParameterReader.of(parameter, "", helpOf(context))
                    .read(given == null ? argument.defaultValue() : given.value());
        }
        if (parameter.isAnnotationPresent(Arguments.class)) {
            return context.parsedInput().arguments().stream()
                    .skip(declaredArguments(parameter.getDeclaringExecutable()))
                    .map(CommandArgument::value)
                    .toList();
        }
        throw new IllegalStateException(
                "the parameter " + parameter.getName() + " of " + parameter.getDeclaringExecutable() + " has no mark");
    }

    /** Returns the number of positional arguments that have a parameter of their own. */
    private static long declaredArguments(Executable method) {
        return Arrays.stream(method.getParameters())
                .filter(parameter -> parameter.isAnnotationPresent(Argument.class))
                .count();
    }

    /** Returns whether a positional argument may be left out, which is so if its type is nullable. */
    static boolean isOptional(Parameter parameter) {
        return parameter.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static String helpOf(CommandContext context) {
        List<String> words =
                new ArrayList<>(List.of("katra", context.parsedInput().commandName()));
        words.addAll(context.parsedInput().subCommands());
        return String.join(" ", words) + " --help";
    }

    private static List<String> given(CommandContext context, String name) {
        List<String> values = new ArrayList<>();
        for (CommandOption option : context.parsedInput().options()) {
            String value = option.value();
            if (name.equals(option.longName()) && value != null) {
                values.add(value);
            }
        }
        return values;
    }

    private static @Nullable Object option(List<String> given, String usual, ParameterReader wanted) {
        if (wanted.type() == List.class) {
            return given;
        }
        if (given.size() > 1 && wanted.type() != boolean.class) {
            throw Failure.invalid("the option " + wanted.option() + " is given " + given.size() + " times")
                    .hint(wanted.helpCommand());
        }
        if (!given.isEmpty()) {
            return wanted.read(given.get(given.size() - 1));
        }
        if (wanted.type() == boolean.class) {
            return false;
        }
        return usual.isEmpty() ? null : wanted.read(usual);
    }
}
