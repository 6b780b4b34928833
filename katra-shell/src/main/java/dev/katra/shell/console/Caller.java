package dev.katra.shell.console;

import dev.katra.core.home.KatraHome;
import dev.katra.core.text.VisibleText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * A Caller is the one on whose behalf a command runs. It holds all that the command may see of the outside: a command
 * never asks the JVM for its environment, folder, streams or terminal.
 *
 * @param arguments the words of the command, as the caller's shell has split them
 * @param folder absolute
 */
public record Caller(List<String> arguments, Map<String, String> environment, Path folder, Streams streams) {

    public Caller {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /** Returns the caller's standard input. */
    public Input input() {
        return streams.input();
    }

    /**
     * Returns the output for data. Text that was stored or is somebody else's goes through {@link #print}, because a
     * terminal would act on it.
     */
    public PrintWriter out() {
        return streams.out();
    }

    /** Returns the output for everything else. Text that was stored or is somebody else's goes through {@link #note}. */
    public PrintWriter err() {
        return streams.err();
    }

    /** Returns which of the caller's streams are connected to a terminal. */
    public Terminal terminal() {
        return streams.terminal();
    }

    /** Returns whether the caller no longer reads. */
    public boolean isDisconnected() {
        return streams.disconnected().getAsBoolean();
    }

    /** Returns the caller's Katra home. */
    public KatraHome home() {
        return KatraHome.of(environment);
    }

    /** Returns a variable of the caller's environment; empty if it is not set. */
    public String variable(String name) {
        return environment.getOrDefault(name, "");
    }

    /** Returns the caller's time zone, if its name is one that Java knows too; else the machine's. */
    public ZoneId zone() {
        String name = variable("TZ");
        try {
            return name.isEmpty() ? ZoneId.systemDefault() : ZoneId.of(name);
        } catch (DateTimeException e) {
            return ZoneId.systemDefault();
        }
    }

    /**
     * Returns the maximum width of a line of output, in columns; unlimited where the output goes to no terminal, or to
     * one that does not tell its width.
     */
    public int columns() {
        return terminal().output() && terminal().columns() > 0 ? terminal().columns() : Integer.MAX_VALUE;
    }

    /** Returns a path as the caller would write it, with "~" for the caller's home folder. */
    public String displayPath(String path) {
        String own = variable("HOME");
        if (own.length() < 2 || !path.startsWith(own)) {
            return path;
        }
        String rest = path.substring(own.length());
        return rest.isEmpty() || rest.startsWith("/") ? "~" + rest : path;
    }

    /** Returns whether colours may be used on the output. */
    public boolean usesColours() {
        return terminal().output()
                && variable("NO_COLOR").isEmpty()
                && !variable("TERM").equals("dumb");
    }

    /** Returns this caller with other words. */
    public Caller with(List<String> words) {
        return new Caller(words, environment, folder, streams);
    }

    /** Returns this caller with other streams. */
    public Caller with(Streams other) {
        return new Caller(arguments, environment, folder, other);
    }

    /** Returns this caller, who is gone also once the given supplier says so. */
    public Caller disconnectedWhen(BooleanSupplier left) {
        return with(streams.withDisconnected(() -> isDisconnected() || left.getAsBoolean()));
    }

    /** Returns this caller with an empty input. */
    public Caller withoutInput() {
        return with(streams.withInput(Input.EMPTY));
    }

    /** Returns this caller with one more variable. */
    public Caller with(String variable, String value) {
        Map<String, String> more = new java.util.HashMap<>(environment);
        more.put(variable, value);
        return new Caller(arguments, more, folder, streams);
    }

    /** Writes a line of data, as {@link VisibleText} shows it, and flushes it. */
    public void print(String line) {
        out().println(VisibleText.of(line));
        out().flush();
    }

    /** Writes a line with a name in it, which is coloured where colours may be used. */
    public void print(String before, String name, int colour, String after) {
        String visible = VisibleText.of(name);
        String shown = usesColours() ? "\u001b[1;" + colour + "m" + visible + "\u001b[0m" : visible;
        out().println(VisibleText.of(before) + shown + VisibleText.of(after));
        out().flush();
    }

    /** Writes a line for the person, as {@link VisibleText} shows it, and flushes it. */
    public void note(String line) {
        err().println(VisibleText.of(line));
        err().flush();
    }

    /** Asks the person, who answers on the same line. */
    public void ask(String question) {
        err().print(VisibleText.of(question) + " ");
        err().flush();
    }
}
