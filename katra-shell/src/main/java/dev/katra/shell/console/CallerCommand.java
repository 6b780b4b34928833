package dev.katra.shell.console;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.shell.core.command.AbstractCommand;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.CommandOption;
import org.springframework.shell.core.command.ExitStatus;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;

/**
 * A CallerCommand is a method annotated {@code @Command} as a Spring Shell command that knows its caller. Spring
 * Shell's own adapter (4.0.1) knows neither callers nor exit codes, takes only the first of a repeated option and
 * ignores defaults of primitives. The bean is looked up when the command runs, so that a command line creates only what
 * it needs.
 */
public final class CallerCommand extends AbstractCommand {

    private static final Runs DEFAULT_RUNS = defaultRuns();

    private final Method method;
    private final Supplier<?> target;
    private final Runs runs;
    private final List<DeclaredOption> options;

    CallerCommand(Method method, Supplier<?> target) {
        super(
                name(method),
                annotation(method).description(),
                annotation(method).group(),
                annotation(method).help(),
                annotation(method).hidden());
        this.method = method;
        this.target = target;
        this.runs = Optional.ofNullable(method.getAnnotation(Runs.class)).orElse(DEFAULT_RUNS);
        this.options = DeclaredOption.of(method);
        setOptions(options.stream().map(DeclaredOption::registered).toList());
        method.setAccessible(true);
    }

    /** Returns where the command runs and what it needs. */
    public Runs runs() {
        return runs;
    }

    @Override
    public String getDescription() {
        return AgentWords.fill(super.getDescription());
    }

    @Override
    public String getHelp() {
        return AgentWords.fill(super.getHelp());
    }

    /** Returns a line that shows how the command is mostly typed. */
    Optional<String> example() {
        return Optional.ofNullable(method.getAnnotation(Example.class))
                .map(Example::value)
                .map(AgentWords::fill);
    }

    /** Returns the words that users of other programs type for this command. */
    List<String> synonyms() {
        return Optional.ofNullable(method.getAnnotation(Example.class)).map(Example::synonyms).stream()
                .flatMap(Stream::of)
                .toList();
    }

    /** Returns the kind of value that this option takes, if one is declared. */
    public Optional<Takes.ValueKind> valueKind(CommandOption option) {
        return options.stream()
                .filter(declared -> declared.longName().equals(option.longName()))
                .findFirst()
                .flatMap(declared -> valueKind(declared.parameter()));
    }

    /**
     * Returns the kind of value that the positional argument of this number takes, counted from 0; empty if there is no
     * such argument or no kind is declared.
     */
    public Optional<Takes.ValueKind> valueKind(int argument) {
        List<Parameter> arguments = argumentParameters();
        return argument < arguments.size()
                ? valueKind(arguments.get(argument))
                : arguments.stream()
                        .filter(parameter -> parameter.isAnnotationPresent(Arguments.class))
                        .findFirst()
                        .flatMap(CallerCommand::valueKind);
    }

    private static Optional<Takes.ValueKind> valueKind(Parameter parameter) {
        return Optional.ofNullable(parameter.getAnnotation(Takes.class)).map(Takes::value);
    }

    /** Returns the placeholder for the value of this option in the help. */
    String placeholder(CommandOption option) {
        return valueKind(option)
                .map(Takes.ValueKind::placeholder)
                .orElseGet(() -> Objects.requireNonNull(option.longName()).toUpperCase(Locale.ROOT));
    }

    private List<Parameter> argumentParameters() {
        return Stream.of(method.getParameters())
                .filter(parameter ->
                        parameter.isAnnotationPresent(Argument.class) || parameter.isAnnotationPresent(Arguments.class))
                .toList();
    }

    /** Returns the placeholders of the positional arguments, in order; a last one with "…" takes any number. */
    List<String> arguments() {
        return argumentParameters().stream().map(CallerCommand::spelled).toList();
    }

    private static String spelled(Parameter parameter) {
        boolean many = parameter.isAnnotationPresent(Arguments.class);
        String name = placeholder(parameter) + (many ? "…" : "");
        Takes takes = parameter.getAnnotation(Takes.class);
        return CommandBinder.isOptional(parameter) || (takes != null && takes.optional()) ? "[" + name + "]" : name;
    }

    /** Returns the placeholder of a parameter in the help and in error messages. */
    static String placeholder(Parameter parameter) {
        return valueKind(parameter)
                .map(Takes.ValueKind::placeholder)
                .orElseGet(() -> parameter.getName().toUpperCase(Locale.ROOT));
    }

    /** Returns the maximum number of positional arguments. */
    int maxArguments() {
        List<Parameter> arguments = argumentParameters();
        return arguments.stream().anyMatch(parameter -> parameter.isAnnotationPresent(Arguments.class))
                ? Integer.MAX_VALUE
                : arguments.size();
    }

    /** Returns the number of positional arguments before the one that standard input can replace. */
    int argumentsBeforeText() {
        return Math.max(0, argumentParameters().size() - 1);
    }

    /** Returns how the command takes words for another program; empty if it takes none. */
    Optional<PassThroughArguments> passThrough() {
        for (Parameter parameter : method.getParameters()) {
            PassThroughArguments mark = parameter.getAnnotation(PassThroughArguments.class);
            if (mark != null) {
                return Optional.of(mark);
            }
        }
        return Optional.empty();
    }

    @Override
    public ExitStatus doExecute(CommandContext context) throws Exception {
        Invocation invocation = Invocation.of(context);
        try {
            Object[] values = CommandBinder.bind(method, context); // before the object is made for nothing
            Object result = method.invoke(target.get(), values);
            if (result instanceof Outcome outcome) {
                invocation.setOutcome(outcome);
            }
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
        return ExitStatus.OK;
    }

    private static Command annotation(Method method) {
        Command mark = AnnotatedElementUtils.findMergedAnnotation(method, Command.class);
        if (mark == null) {
            throw new IllegalArgumentException(method + " is not marked as a command");
        }
        return mark;
    }

    private static String name(Method method) {
        return String.join(" ", annotation(method).name());
    }

    @Runs
    private static Runs defaultRuns() {
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
