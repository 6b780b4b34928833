package dev.katra.shell.console;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.shell.core.command.AbstractCommand;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.CommandOption;
import org.springframework.shell.core.command.ExitStatus;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

/**
 * A method marked {@code @Command} as a Spring Shell command that knows its caller. Spring Shell's own adapter (4.0.1)
 * knows neither callers nor exit codes, takes only the first of a repeated option and ignores defaults of primitives.
 * The object is looked up when the command runs, so that a command line creates only what it needs.
 */
public final class CallerCommand extends AbstractCommand {

    private static final Runs USUAL = usual();

    private final Method method;
    private final Supplier<?> target;
    private final Runs runs;

    CallerCommand(Method method, Supplier<?> target) {
        super(
                name(method),
                mark(method).description(),
                mark(method).group(),
                mark(method).help(),
                mark(method).hidden());
        this.method = method;
        this.target = target;
        this.runs = Optional.ofNullable(method.getAnnotation(Runs.class)).orElse(USUAL);
        setOptions(options(method));
        method.setAccessible(true);
    }

    /** Where it runs, and what it needs. */
    public Runs runs() {
        return runs;
    }

    /** The names of its positional arguments for the help, in order; a last one ending in "…" takes any number. */
    List<String> arguments() {
        List<String> names = new ArrayList<>();
        for (Parameter parameter : method.getParameters()) {
            if (parameter.isAnnotationPresent(Argument.class)) {
                String name = parameter.getName().toUpperCase(java.util.Locale.ROOT);
                names.add(CommandBinder.optional(parameter) ? "[" + name + "]" : name);
            } else if (parameter.isAnnotationPresent(Arguments.class)) {
                names.add(parameter.getName().toUpperCase(java.util.Locale.ROOT) + "…");
            }
        }
        return names;
    }

    /** How many positional arguments it takes at most. */
    int mostArguments() {
        List<String> names = arguments();
        return names.stream().anyMatch(name -> name.endsWith("…")) ? Integer.MAX_VALUE : names.size();
    }

    /** How many positional arguments come before the one that can stand for standard input. */
    int argumentsBeforeText() {
        List<String> names = arguments();
        return Math.max(0, names.size() - 1);
    }

    /** What it calls the words behind {@code --}, if it takes such. */
    Optional<String> passThrough() {
        for (Parameter parameter : method.getParameters()) {
            PassThrough mark = parameter.getAnnotation(PassThrough.class);
            if (mark != null) {
                return Optional.of(mark.value());
            }
        }
        return Optional.empty();
    }

    @Override
    public ExitStatus doExecute(CommandContext context) throws Exception {
        Invocation invocation = Invocation.of(context);
        try {
            Object result = method.invoke(
                    target.get(), CommandBinder.bind(method, context).toArray());
            if (result instanceof Outcome outcome) {
                invocation.ends(outcome);
            }
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
        return ExitStatus.OK;
    }

    private static Command mark(Method method) {
        Command mark = AnnotatedElementUtils.findMergedAnnotation(method, Command.class);
        if (mark == null) {
            throw new IllegalArgumentException(method + " is not marked as a command");
        }
        return mark;
    }

    private static String name(Method method) {
        return String.join(" ", mark(method).name());
    }

    private static List<CommandOption> options(Method method) {
        List<CommandOption> options = new ArrayList<>();
        for (Parameter parameter : method.getParameters()) {
            Option option = parameter.getAnnotation(Option.class);
            if (option != null) {
                options.add(CommandOption.with()
                        .longName(option.longName().isEmpty() ? parameter.getName() : option.longName())
                        .shortName(option.shortName())
                        .description(option.description())
                        .required(option.required())
                        .defaultValue(option.defaultValue())
                        .type(parameter.getType())
                        .build());
            }
        }
        return options;
    }

    @Runs
    private static Runs usual() {
        for (Method method : CallerCommand.class.getDeclaredMethods()) {
            Runs mark = method.getAnnotation(Runs.class);
            if (mark != null) {
                return mark;
            }
        }
        throw new IllegalStateException("the usual mark is missing");
    }

    // Equal by name, as AbstractCommand has it.
    @Override
    public boolean equals(@Nullable Object other) {
        return other != null && super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
