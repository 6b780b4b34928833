package dev.katra.shell.console;

import java.util.List;

/** An Outcome says how a command ends. */
public sealed interface Outcome {

    /** The command has succeeded. */
    Outcome OK = new Exit(0);

    /** The command ends with this exit code. */
    record Exit(int code) implements Outcome {}

    /**
     * The command ends by becoming another program, in the caller's terminal, folder and environment.
     *
     * @param command its words; never a secret among them
     */
    record Exec(List<String> command) implements Outcome {

        public Exec {
            command = List.copyOf(command);
        }
    }
}
