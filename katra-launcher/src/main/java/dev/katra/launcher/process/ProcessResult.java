package dev.katra.launcher.process;

import java.util.List;

/**
 * Holds how a command ended and what it wrote.
 *
 * @param exitCode the exit code; 128 or more if a signal ended it
 * @param stdout its standard output as UTF-8
 * @param stderr its standard error as UTF-8
 */
public record ProcessResult(int exitCode, String stdout, String stderr) {

    /** Returns whether the exit code is 0. */
    public boolean ok() {
        return exitCode == 0;
    }

    /** Returns the last lines of standard error, for an error message. */
    public String lastOfStderr(int lines) {
        List<String> all = stderr.strip().lines().toList();
        return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
    }
}
