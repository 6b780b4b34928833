package dev.katra.launcher.plan;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.PrivateFiles;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Describes the process of a session: its whole environment, its command line and its folder. It travels as a file of
 * mode 0600 that the session stub deletes before it acts on it.
 *
 * @param environment the session's variables, in order; the terminal's own (TERM, TMUX and the like) are taken from
 *     where the session starts instead, and names that a shell cannot set are left out
 * @param argv the absolute path of the program and its arguments
 * @param folder the absolute folder in which it starts
 */
public record LaunchPlan(Map<String, String> environment, List<String> argv, Path folder) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** The variables that the stub takes from its own environment. */
    private static final Set<String> TERMINAL_VARIABLES =
            Set.of("TERM", "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "TMUX", "TMUX_PANE");

    /**
     * The variables that every shell makes itself: some shells make them read-only, rewrite them or read them as
     * numbers.
     */
    private static final Set<String> SHELL_VARIABLES = Set.of(
            "_",
            "BASHOPTS",
            "BASHPID",
            "BASH_ALIASES",
            "BASH_ARGV0",
            "BASH_CMDS",
            "BASH_SUBSHELL",
            "BASH_VERSINFO",
            "BASH_XTRACEFD",
            "DIRSTACK",
            "EPOCHREALTIME",
            "EPOCHSECONDS",
            "EUID",
            "FUNCNAME",
            "GROUPS",
            "HISTCMD",
            "IFS",
            "LINENO",
            "OLDPWD",
            "OPTERR",
            "OPTIND",
            "PIPESTATUS",
            "PPID",
            "PWD",
            "RANDOM",
            "SECONDS",
            "SHELLOPTS",
            "SHLVL",
            "SRANDOM",
            "UID");

    /**
     * The commands that write the process's pid to a file, with the mark that {@link LiveProcess} uses where there is a
     * {@code /proc}.
     */
    private static final String WRITE_PID = """
            own=$$
            {
                read -r stat </proc/$$/stat && read -r boot </proc/sys/kernel/random/boot_id &&
                    set -- ${stat##*) } && own="$$ ${20}/$boot"
            } 2>/dev/null
            echo "$own" >""";

    public LaunchPlan {
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        argv = List.copyOf(argv);
        if (argv.isEmpty() || !argv.get(0).startsWith("/")) {
            throw new IllegalArgumentException("argv does not begin with an absolute path");
        }
        if (!folder.isAbsolute()) {
            throw new IllegalArgumentException("folder is not absolute: " + folder);
        }
    }

    /**
     * Writes the plan into a session's folder, which is created if it is missing.
     *
     * @return the path to hand to the session stub
     * @throws Failure UNAVAILABLE if it cannot be written
     */
    public Path write(Path sessionFolder) {
        return PrivateFiles.write(
                sessionFolder.resolve(LaunchPlans.PLAN_FILE), script(sessionFolder.resolve(LaunchPlans.PID_FILE)));
    }

    private String script(Path pidFile) {
        StringBuilder script = new StringBuilder("exec 3<&-\n");
        // exec keeps the pid, so it is the session's pid for life.
        script.append(WRITE_PID).append(ShellQuote.quote(pidFile.toString())).append('\n');
        environment.forEach((name, value) -> {
            if (NAME.matcher(name).matches() && !TERMINAL_VARIABLES.contains(name) && !SHELL_VARIABLES.contains(name)) {
                script.append("export ").append(name).append('=').append(ShellQuote.quote(value));
                // A bash that does not know a locale says so at the assignment.
                script.append(name.startsWith("LC_") || name.equals("LANG") ? " 2>/dev/null\n" : "\n");
            }
        });
        String into = ShellQuote.quote(folder.toString());
        String program = ShellQuote.quote(argv.get(0));
        script.append("cd -- ").append(into).append(" 2>/dev/null || {\n");
        script.append(printAndExit("katra: cannot enter the folder \"%s\"", into, 66))
                .append("}\n");
        script.append("[ -x ").append(program).append(" ] || {\n");
        script.append(printAndExit("katra: cannot run \"%s\"", program, 127)).append("}\n");
        script.append("exec");
        argv.forEach(word -> script.append(' ').append(ShellQuote.quote(word)));
        return script.append('\n').toString();
    }

    /**
     * Returns the commands that print an error and end. They pause for a second, because tmux loses what is written in
     * the moment a program ends.
     */
    private static String printAndExit(String message, String what, int exitCode) {
        return "    printf '" + message + "\\n' " + what + " >&2\n    /bin/sleep 1\n    exit " + exitCode + "\n";
    }

    /** Names the program and the folder only, because environment and arguments may hold keys. */
    @Override
    public String toString() {
        return "LaunchPlan[" + argv.get(0) + " in " + folder + "]";
    }
}
