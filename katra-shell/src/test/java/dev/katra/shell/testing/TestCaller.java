package dev.katra.shell.testing;

import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Input;
import dev.katra.shell.console.Streams;
import dev.katra.shell.console.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A caller whose output can be read. */
public final class TestCaller {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment = new HashMap<>();
    private Terminal terminal = Terminal.NONE;
    private Input input = Input.EMPTY;
    private Path folder = Path.of("/work");
    private List<String> words;

    private TestCaller(List<String> words) {
        this.words = words;
    }

    /** A caller with these words, no variable and no terminal. */
    public static TestCaller of(String... words) {
        return new TestCaller(List.of(words));
    }

    /** The same with this home. */
    public TestCaller home(Path home) {
        return variable("KATRA_HOME", home.toString());
    }

    /** The same with one more variable. */
    public TestCaller variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** The same with all three streams on a terminal. */
    public TestCaller terminal() {
        return terminal("111");
    }

    /** The same with these streams on a terminal. */
    public TestCaller terminal(String digits) {
        terminal = Terminal.parse(digits);
        return this;
    }

    /** The same with this text on its input. */
    public TestCaller input(String text) {
        return input(() -> text);
    }

    /** The same with this input. */
    public TestCaller input(Input from) {
        input = from;
        return this;
    }

    /** The same with other words. */
    public TestCaller words(List<String> other) {
        words = other;
        return this;
    }

    /** The same in another folder. */
    public TestCaller folder(Path other) {
        folder = other;
        return this;
    }

    /** As commands see it. */
    public Caller caller() {
        return new Caller(
                words,
                environment,
                folder,
                new Streams(input, new PrintWriter(out), new PrintWriter(err), terminal, () -> false));
    }

    /** What was written to standard output. */
    public String out() {
        return out.toString();
    }

    /** What was written to standard error. */
    public String err() {
        return err.toString();
    }
}
