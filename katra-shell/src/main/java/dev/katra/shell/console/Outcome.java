package dev.katra.shell.console;

import java.util.List;

/** How a command ends. */
public sealed interface Outcome {

    /** All is well. */
    Outcome OK = new Exit(0);

    /** With this exit code. */
    record Exit(int code) implements Outcome {}

    /**
     * By becoming another program, in the caller's terminal, folder and environment.
     *
     * @param command its words; never a secret among them
     */
    record Exec(List<String> command) implements Outcome {

        public Exec {
            command = List.copyOf(command);
        }
    }
}
