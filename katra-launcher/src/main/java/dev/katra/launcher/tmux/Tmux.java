package dev.katra.launcher.tmux;

import dev.katra.core.failure.Failure;
import dev.katra.launcher.process.Command;
import dev.katra.launcher.process.Executables;
import dev.katra.launcher.process.Processes;
import dev.katra.launcher.process.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The caller's default tmux server, whichever tmux the caller may sit in. Targets are exact: {@code katra-Sam} never
 * means {@code katra-Samantha}. A server that Katra starts knows no variable of the caller but those that a terminal
 * needs, so no key ever enters one.
 */
public final class Tmux {

    /** Names another server of the user's (tmux's {@code -L}), which then reads no configuration file; for tests. */
    public static final String SOCKET_VARIABLE = "KATRA_TMUX_SOCKET";

    private static final String PREFIX = "katra-";
    private static final List<String> PASSED =
            List.of("PATH", "HOME", "TERM", "LANG", "SHELL", "USER", "LOGNAME", "TMUX_TMPDIR");

    private final Processes processes;
    private final Map<String, String> caller;
    private final Path folder;

    /** tmux as a caller with this environment and folder would reach it. */
    public Tmux(Processes processes, Map<String, String> callerEnvironment, Path folder) {
        this.processes = processes;
        this.caller = Map.copyOf(callerEnvironment);
        this.folder = folder;
    }

    /** The session name of a persona, {@code katra-Sam}. */
    public static String sessionName(String persona) {
        return PREFIX + persona;
    }

    /**
     * What {@code tmux -V} says, such as {@code tmux 3.3a}.
     *
     * @throws Failure UNAVAILABLE if tmux is not installed
     */
    public String version() {
        return orFail(run(folder, List.of("-V"))).stdout().strip();
    }

    /**
     * Starts a detached session whose program is run as it is, without a shell between. When the program ends, its
     * pane stays and shows its last lines.
     *
     * @return the pid of the program
     * @throws Failure CONFLICT if there is a session of that name, UNAVAILABLE if tmux is missing or refuses
     */
    public long newSession(String name, Path sessionFolder, List<String> argv) {
        // The folder is handed over as the client's own: -c would expand #(command) in its name.
        List<String> arguments = new ArrayList<>(List.of("new-session", "-d", "-P", "-F", "#{pane_pid}"));
        arguments.addAll(List.of("-s", name, "-x", "200", "-y", "50", "--"));
        argv.forEach(argument -> arguments.add(literal(argument)));
        arguments.addAll(List.of(";", "set-option", "-w", "-t", pane(name), "remain-on-exit", "on"));
        arguments.addAll(List.of(";", "set-option", "-t", pane(name), "destroy-unattached", "off"));
        Result result = run(sessionFolder, arguments);
        if (result.stderr().contains("duplicate session")) {
            throw Failure.conflict("a tmux session named \"" + name + "\" exists already")
                    .hint("tmux attach -t " + name);
        }
        String pid = orFail(result).stdout().strip();
        try {
            return Long.parseLong(pid);
        } catch (NumberFormatException e) {
            throw Failure.unavailable("tmux did not say which process it started in \"" + name + "\"")
                    .cause(e);
        }
    }

    /** From now on the session's pane stays only if its program fails; one that ends well takes the session along. */
    public void keepOnFailureOnly(String name) {
        orFail(run(folder, List.of("set-option", "-w", "-t", pane(name), "remain-on-exit", "failed")));
    }

    /** Every pane of every session, in one call; none if no tmux server runs. */
    public List<Pane> panes() {
        Result result = run(folder, List.of("list-panes", "-a", "-F", Pane.FORMAT));
        if (nobodyThere(result)) {
            return List.of();
        }
        return orFail(result).stdout().lines().map(Pane::parse).toList();
    }

    /** The visible text of a session's pane and up to {@code history} lines above it. */
    public String capture(String name, int history) {
        List<String> arguments = List.of("capture-pane", "-p", "-t", pane(name), "-S", "-" + history);
        return orFail(run(folder, arguments)).stdout().stripTrailing();
    }

    /** The last lines of a session's pane that hold text, without tmux's own note that the pane is dead. */
    public List<String> lastLines(String name, int count) {
        // On the end of its program tmux scrolls the screen by one line: the visible part alone is not enough.
        List<String> lines = capture(name, Math.max(count, 1))
                .lines()
                .map(String::stripTrailing)
                .filter(line -> !line.isEmpty() && !line.startsWith("Pane is dead ("))
                .toList();
        return lines.subList(Math.max(0, lines.size() - count), lines.size());
    }

    /** Types text and then Enter into a session. */
    public void type(String name, String text) {
        orFail(run(folder, List.of("send-keys", "-t", pane(name), "-l", "--", literal(text))));
        press(name, "Enter");
    }

    /** Presses one key, by tmux's name for it. */
    public void press(String name, String key) {
        orFail(run(folder, List.of("send-keys", "-t", pane(name), key)));
    }

    /** Ends a session with all its panes; false if there is none of that name. */
    public boolean killSession(String name) {
        Result result = run(folder, List.of("kill-session", "-t", session(name)));
        if (nobodyThere(result) || result.stderr().contains("can't find session")) {
            return false;
        }
        orFail(result);
        return true;
    }

    /**
     * The command line that shows a session on the caller's terminal: inside the same tmux server the client is
     * switched, anywhere else it attaches, if need be inside another tmux. To be run with the caller's environment.
     *
     * @throws Failure NOT_FOUND if there is no session of that name
     */
    public List<String> attach(String name) {
        Result result =
                run(folder, List.of("display-message", "-p", "-t", pane(name), "#{session_name}:#{socket_path}"));
        // display-message answers for another session when it cannot find the target.
        String said = result.stdout().strip();
        if (!result.ok() || !said.startsWith(name + ":")) {
            throw Failure.notFound("no tmux session named \"" + name + "\"").hint("katra list");
        }
        String socket = said.substring(name.length() + 1);
        String inside = caller.getOrDefault("TMUX", "");
        if (!socket.isEmpty() && inside.startsWith(socket + ",")) {
            return argv(List.of("switch-client", "-t", session(name)));
        }
        List<String> attach = argv(List.of("attach-session", "-t", session(name)));
        if (!inside.isEmpty()) {
            attach.addAll(0, List.of("env", "-u", "TMUX", "-u", "TMUX_PANE"));
        }
        return attach;
    }

    private Result run(Path where, List<String> arguments) {
        return processes.run(Command.of(argv(arguments), environment(), where));
    }

    private List<String> argv(List<String> arguments) {
        List<String> argv = new ArrayList<>();
        argv.add(program());
        String socket = caller.getOrDefault(SOCKET_VARIABLE, "");
        if (!socket.isEmpty()) {
            argv.addAll(List.of("-L", socket, "-f", "/dev/null"));
        }
        argv.addAll(arguments);
        return argv;
    }

    private String program() {
        return Executables.find("tmux", caller).map(Path::toString).orElseThrow(() -> {
            boolean mac =
                    System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac");
            return Failure.unavailable("tmux is not installed").hint(mac ? "brew install tmux" : "apt install tmux");
        });
    }

    /** Without TMUX, so that the default server is meant even inside another one. */
    private Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        caller.forEach((name, value) -> {
            if (PASSED.contains(name) || name.startsWith("LC_")) {
                environment.put(name, value);
            }
        });
        return environment;
    }

    private static boolean nobodyThere(Result result) {
        return !result.ok()
                && (result.stderr().contains("no server running")
                        || result.stderr().contains("error connecting to"));
    }

    private static Result orFail(Result result) {
        if (!result.ok()) {
            throw Failure.unavailable("tmux says: " + result.lastOfStderr(1));
        }
        return result;
    }

    private static String session(String name) {
        return "=" + name;
    }

    private static String pane(String name) {
        return "=" + name + ":";
    }

    /** tmux takes a semicolon at the end of an argument for the end of a command. */
    private static String literal(String argument) {
        return argument.endsWith(";") ? argument.substring(0, argument.length() - 1) + "\\;" : argument;
    }
}
