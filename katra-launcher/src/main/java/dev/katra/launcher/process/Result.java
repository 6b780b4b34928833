package dev.katra.launcher.process;

import java.util.List;

/**
 * How a command ended.
 *
 * @param exitCode its exit code; 128 and more when a signal ended it
 * @param stdout what it wrote there, as UTF-8
 * @param stderr what it wrote there, as UTF-8
 */
public record Result(int exitCode, String stdout, String stderr) {

    /** Whether the command succeeded. */
    public boolean ok() {
        return exitCode == 0;
    }

    /** The last lines of stderr, for an error message. */
    public String lastOfStderr(int lines) {
        List<String> all = stderr.strip().lines().toList();
        return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
    }
}
