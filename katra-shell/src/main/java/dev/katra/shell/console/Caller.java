package dev.katra.shell.console;

import dev.katra.core.home.KatraHome;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * On whose behalf a command runs, and all it may see of the outside: a command never asks the JVM for its environment,
 * folder, streams or terminal.
 *
 * @param arguments the words of the command, as the caller's shell has split them
 * @param folder absolute
 * @param out data
 * @param err everything else
 * @param gone true once the caller no longer reads
 */
public record Caller(
        List<String> arguments,
        Map<String, String> environment,
        Path folder,
        Terminal terminal,
        Input input,
        PrintWriter out,
        PrintWriter err,
        BooleanSupplier gone) {

    public Caller {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /** The caller's home of Katra. */
    public KatraHome home() {
        return KatraHome.of(environment);
    }

    /** A variable of the caller's environment; empty if it is not set. */
    public String variable(String name) {
        return environment.getOrDefault(name, "");
    }

    /** The caller's time zone, if its name is one that Java knows too; else the machine's. */
    public ZoneId zone() {
        String name = variable("TZ");
        try {
            return name.isEmpty() ? ZoneId.systemDefault() : ZoneId.of(name);
        } catch (DateTimeException e) {
            return ZoneId.systemDefault();
        }
    }

    /** True if colours may be used on the output. */
    public boolean colours() {
        return terminal.output()
                && variable("NO_COLOR").isEmpty()
                && !variable("TERM").equals("dumb");
    }

    /** The same caller with other words. */
    public Caller with(List<String> words) {
        return new Caller(words, environment, folder, terminal, input, out, err, gone);
    }

    /** The same caller, who is gone also when this says so. */
    public Caller until(BooleanSupplier left) {
        return new Caller(
                arguments,
                environment,
                folder,
                terminal,
                input,
                out,
                err,
                () -> gone.getAsBoolean() || left.getAsBoolean());
    }

    /** The same caller with nothing to read. */
    public Caller withoutInput() {
        return new Caller(arguments, environment, folder, terminal, Input.EMPTY, out, err, gone);
    }

    /** The same caller with one more variable. */
    public Caller with(String variable, String value) {
        Map<String, String> more = new java.util.HashMap<>(environment);
        more.put(variable, value);
        return new Caller(arguments, more, folder, terminal, input, out, err, gone);
    }

    /** Writes a line of data and sends it. */
    public void print(String line) {
        out.println(line);
        out.flush();
    }

    /** Writes a line for the person and sends it. */
    public void note(String line) {
        err.println(line);
        err.flush();
    }
}
