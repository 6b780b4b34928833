package dev.katra.launcher.plan;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a session's process shall be: its whole environment, its command line and its folder. It travels as a file of
 * mode 0600 that the session stub deletes before it acts on it.
 *
 * @param environment the session's variables, in order; the terminal's own (TERM, TMUX and the like) are taken from
 *     where the session starts instead, and names that a shell cannot set are left out
 * @param argv the absolute path of the program and its arguments
 * @param folder the absolute folder in which it starts
 */
public record LaunchPlan(Map<String, String> environment, List<String> argv, Path folder) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** Set by the stub from its own environment. */
    private static final Set<String> TERMINAL =
            Set.of("TERM", "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "TMUX", "TMUX_PANE");

    /** Read-only or rewritten in one shell or another. */
    private static final Set<String> SHELLS_OWN = Set.of(
            "_",
            "BASHOPTS",
            "BASH_VERSINFO",
            "BASH_XTRACEFD",
            "EUID",
            "IFS",
            "OLDPWD",
            "PPID",
            "PWD",
            "SHELLOPTS",
            "SHLVL",
            "UID");

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
        Path file = KatraHome.privateFolder(sessionFolder).resolve(Plans.NAME);
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try {
            Files.deleteIfExists(file);
            var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try (var channel = Files.newByteChannel(file, options, mode)) {
                ByteBuffer bytes = StandardCharsets.UTF_8.encode(script(sessionFolder.resolve(Plans.PID)));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
            return file;
        } catch (IOException e) {
            throw Failure.unavailable("cannot write the plan " + file).cause(e);
        }
    }

    private String script(Path pidFile) {
        StringBuilder script = new StringBuilder("exec 3<&-\n");
        // exec keeps the pid, so this is the session's for life.
        script.append("echo $$ >").append(ShellQuote.quote(pidFile.toString())).append('\n');
        environment.forEach((name, value) -> {
            if (NAME.matcher(name).matches() && !TERMINAL.contains(name) && !SHELLS_OWN.contains(name)) {
                script.append("export ").append(name).append('=').append(ShellQuote.quote(value));
                // A bash that does not know a locale says so at the assignment.
                script.append(name.startsWith("LC_") || name.equals("LANG") ? " 2>/dev/null\n" : "\n");
            }
        });
        String into = ShellQuote.quote(folder.toString());
        String program = ShellQuote.quote(argv.get(0));
        script.append("cd -- ").append(into).append(" 2>/dev/null || {\n");
        script.append(complain("katra: cannot enter the folder \"%s\"", into, 66))
                .append("}\n");
        script.append("[ -x ").append(program).append(" ] || {\n");
        script.append(complain("katra: cannot run \"%s\"", program, 127)).append("}\n");
        script.append("exec");
        argv.forEach(word -> script.append(' ').append(ShellQuote.quote(word)));
        return script.append('\n').toString();
    }

    /** The pause is for tmux, which loses what is written in the moment a program ends. */
    private static String complain(String message, String what, int exitCode) {
        return "    printf '" + message + "\\n' " + what + " >&2\n    /bin/sleep 1\n    exit " + exitCode + "\n";
    }

    /** Says nothing of the environment and the arguments: a plan holds keys. */
    @Override
    public String toString() {
        return "LaunchPlan[" + argv.get(0) + " in " + folder + "]";
    }
}
