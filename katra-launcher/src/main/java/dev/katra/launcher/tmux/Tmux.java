package dev.katra.launcher.tmux;

import dev.katra.core.failure.Failure;
import dev.katra.launcher.process.Executables;
import dev.katra.launcher.process.ProcessCommand;
import dev.katra.launcher.process.ProcessResult;
import dev.katra.launcher.process.ProcessRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Runs the caller's tmux, on the default server whichever tmux the caller may sit in. Targets are exact: {@code
 * katra-Sam} never means {@code katra-Samantha}; {@code %5} is a pane whatever its session is called. A server that
 * Katra starts gets no variable of the caller but those that a terminal needs, so no key ever enters one.
 */
public final class Tmux {

    /**
     * The environment variable that names another tmux server of the user's (tmux's {@code -L}), which then reads no
     * configuration file; for tests.
     */
    public static final String SOCKET_VARIABLE = "KATRA_TMUX_SOCKET";

    private static final String PREFIX = "katra-";
    private static final List<String> PASSED_VARIABLES =
            List.of("PATH", "HOME", "TERM", "LANG", "SHELL", "USER", "LOGNAME", "TMUX_TMPDIR");

    /** The error messages of a client that meets a server which is just ending. */
    private static final List<String> SERVER_EXITING = List.of("server exited unexpectedly", "lost server");

    private final ProcessRunner processes;
    private final Map<String, String> caller;
    private final Path folder;
    private final String socketPath;

    /** Creates the tmux that a caller with this environment and folder would reach. */
    public Tmux(ProcessRunner processes, Map<String, String> callerEnvironment, Path folder) {
        this(processes, callerEnvironment, folder, "");
    }

    private Tmux(ProcessRunner processes, Map<String, String> callerEnvironment, Path folder, String socketPath) {
        this.processes = processes;
        this.caller = Map.copyOf(callerEnvironment);
        this.folder = folder;
        this.socketPath = socketPath;
    }

    /** Returns the session name of a persona, such as {@code katra-Sam}. */
    public static String sessionName(String persona) {
        return PREFIX + persona;
    }

    /**
     * Returns tmux's version as {@code tmux -V} prints it, such as {@code tmux 3.3a}.
     *
     * @throws Failure UNAVAILABLE if tmux is not installed
     */
    public String version() {
        return requireOk(run(folder, List.of("-V"))).stdout().strip();
    }

    /**
     * Starts a detached session that runs a program without a shell between. When the program ends, its pane stays and
     * shows its last lines. Whatever the user's hooks do to the session, the pane is known by its id.
     *
     * @throws Failure CONFLICT if there is a session of that name, UNAVAILABLE if tmux is missing, refuses, or takes
     *     the session away at once
     */
    public Pane newSession(String name, Path sessionFolder, List<String> argv) {
        ProcessResult made = createSession(name, sessionFolder);
        if (made.stdout().isBlank() && serverIsExiting(made)) {
            made = createSession(name, sessionFolder); // the server that it reached was just ending
        }
        if (made.stderr().contains("duplicate session")) {
            throw Failure.conflict("a tmux session named \"" + name + "\" exists already")
                    .hint("tmux attach -t " + name);
        }
        String[] ids = made.stdout().strip().split(":", 2);
        if (ids.length != 2 && serverIsExiting(made)) {
            throw sessionTakenAway(name);
        }
        if (ids.length != 2) {
            requireOk(made);
            throw Failure.unavailable("tmux did not say what it started in \"" + name + "\"")
                    .hint("see your own: tmux -V, tmux list-sessions");
        }
        List<String> arguments = new ArrayList<>(List.of("set-option", "-t", ids[0], "destroy-unattached", "off"));
        arguments.addAll(List.of(";", "set-option", "-p", "-t", ids[1], "remain-on-exit", "on"));
        arguments.addAll(List.of(";", "respawn-pane", "-k", "-t", ids[1], "--"));
        argv.forEach(argument -> arguments.add(literal(argument)));
        arguments.addAll(List.of(";", "display-message", "-p", "-t", ids[1], Pane.FORMAT));
        ProcessResult result = run(sessionFolder, arguments);
        if (isServerMissing(result)
                || serverIsExiting(result)
                || result.stderr().contains("no such ")
                || isTargetMissing(result)) {
            throw sessionTakenAway(name);
        }
        return Pane.parse(requireOk(result).stdout().strip());
    }

    /** Creates a session that shows nothing yet, because its id is known only afterwards. */
    private ProcessResult createSession(String name, Path sessionFolder) {
        // The folder is handed over as the client's own: -c would expand #(command) in its name.
        List<String> arguments = new ArrayList<>(List.of("new-session", "-d", "-P", "-F", "#{session_id}:#{pane_id}"));
        arguments.addAll(List.of("-s", name, "-x", "200", "-y", "50", "--", "/bin/sh", "-c", "exec sleep 60"));
        // In the same command line, because tmux destroys unattached sessions as soon as this client leaves.
        arguments.addAll(List.of(";", "set-option", "-t", pane(name), "destroy-unattached", "off"));
        return run(sessionFolder, arguments);
    }

    /** Returns the failure for a session that tmux has taken away. */
    public static Failure sessionTakenAway(String name) {
        return Failure.unavailable("tmux took the session \"" + name + "\" away: a hook or an option of your tmux"
                        + " ends sessions, or its server ended")
                .hint("see: tmux show-hooks -g, and tmux show-options -g destroy-unattached");
    }

    /** Has the session's pane stay only if its program fails; when the program ends well, the session ends too. */
    public void keepOnFailureOnly(Pane pane) {
        requireOk(run(folder, List.of("set-option", "-p", "-t", pane.id(), "remain-on-exit", "failed")));
    }

    /** Returns every pane of every session, in one call; none if no tmux server runs, or one that holds no session. */
    public List<Pane> panes() {
        ProcessResult result = run(folder, List.of("list-panes", "-a", "-F", Pane.FORMAT));
        if (isServerMissing(result) || result.stderr().contains("no current target")) {
            return List.of();
        }
        return requireOk(result).stdout().lines().map(Pane::parse).toList();
    }

    /** Returns the pane whose program has this pid. */
    public Optional<Pane> pane(long pid) {
        return panes().stream().filter(pane -> pane.pid() == pid).findFirst();
    }

    /**
     * Returns the visible text of a pane, by its id or its session's name, and up to {@code history} lines above it.
     */
    public String capture(String name, int history) {
        List<String> arguments = List.of("capture-pane", "-p", "-t", pane(name), "-S", "-" + history);
        return requireOk(run(folder, arguments)).stdout().stripTrailing();
    }

    /** Returns the last lines with text of a session's pane, without tmux's own note that the pane is dead. */
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
        requireOk(run(folder, List.of("send-keys", "-t", pane(name), "-l", "--", literal(text))));
        press(name, "Enter");
    }

    /** Presses one key, by tmux's name for it. */
    public void press(String name, String key) {
        requireOk(run(folder, List.of("send-keys", "-t", pane(name), key)));
    }

    /** Ends a session with all its panes; false if there is none of that name or id. */
    public boolean killSession(String name) {
        return killed(run(folder, List.of("kill-session", "-t", session(name))));
    }

    /** Ends one pane, and the session too if that was all it had; false if there is none. */
    public boolean killPane(Pane pane) {
        return killed(run(folder, List.of("kill-pane", "-t", pane.id())));
    }

    /**
     * Ends the tmux server with all its sessions, if it runs. It must be Katra's own server, named by {@link
     * #SOCKET_VARIABLE}.
     */
    public void killServer() {
        if (caller.getOrDefault(SOCKET_VARIABLE, "").isEmpty()) {
            throw new IllegalStateException("the user's own tmux server is not ours to end");
        }
        if (Executables.find("tmux", caller).isPresent()) {
            killed(run(folder, List.of("kill-server")));
        }
    }

    private static boolean killed(ProcessResult result) {
        if (isServerMissing(result)
                || isTargetMissing(result)
                || result.stderr().contains("no current target")) {
            return false;
        }
        requireOk(result);
        return true;
    }

    /**
     * Returns the command line that shows a pane on the caller's terminal: inside the same tmux server the client is
     * switched, anywhere else it attaches, if need be inside another tmux. It must be run with the caller's
     * environment.
     */
    public List<String> attachCommand(Pane pane) {
        if (isEnclosing(pane)) {
            return argv(List.of("switch-client", "-t", pane.id()));
        }
        List<String> attach = argv(List.of("attach-session", "-t", pane.id()));
        if (inTmux()) {
            attach.addAll(0, List.of("env", "-u", "TMUX", "-u", "TMUX_PANE"));
        }
        return attach;
    }

    /**
     * Returns a text that says how the caller gets back from a pane that {@link #attachCommand} shows, by the keys of the
     * caller's own tmux.
     */
    public String detachHint(Pane pane) {
        TmuxKeys keys = keys(this);
        if (isEnclosing(pane)) {
            return keys.keysFor("switch-client -l") + " goes back to where you are now (tmux switch-client -l)";
        }
        boolean takesThePrefix = inTmux() && keys(enclosing()).prefix().equals(keys.prefix());
        String detach = keys.keysFor("detach-client");
        String again = takesThePrefix ? TmuxKeys.inWords(keys.prefix()) + " " + detach : detach;
        return again + (takesThePrefix ? " leaves it (the first is for the tmux around it)" : " leaves it running");
    }

    /** Returns the same person's tmux on the server with this socket. */
    public Tmux onSocket(String socketPath) {
        return new Tmux(processes, caller, folder, socketPath);
    }

    private Tmux enclosing() {
        return onSocket(caller.getOrDefault("TMUX", "").split(",", 2)[0]);
    }

    private boolean inTmux() {
        return !caller.getOrDefault("TMUX", "").isEmpty();
    }

    private boolean isEnclosing(Pane pane) {
        return !pane.socket().isEmpty() && caller.getOrDefault("TMUX", "").startsWith(pane.socket() + ",");
    }

    private static TmuxKeys keys(Tmux tmux) {
        return TmuxKeys.of(
                tmux.run(tmux.folder, List.of("show-options", "-gv", "prefix", ";", "show-options", "-gv", "prefix2"))
                        .stdout(),
                tmux.run(tmux.folder, List.of("list-keys", "-T", "prefix")).stdout());
    }

    private ProcessResult run(Path where, List<String> arguments) {
        return processes.run(ProcessCommand.of(argv(arguments), environment(), where));
    }

    private List<String> argv(List<String> arguments) {
        List<String> argv = new ArrayList<>();
        argv.add(program());
        String socket = caller.getOrDefault(SOCKET_VARIABLE, "");
        if (!socketPath.isEmpty()) {
            argv.addAll(List.of("-S", socketPath));
        } else if (!socket.isEmpty()) {
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

    /** Returns the environment for tmux, without TMUX so that the default server is meant even inside another one. */
    private Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        caller.forEach((name, value) -> {
            if (PASSED_VARIABLES.contains(name) || name.startsWith("LC_")) {
                environment.put(name, value);
            }
        });
        return environment;
    }

    private static boolean isServerMissing(ProcessResult result) {
        return !result.ok()
                && (result.stderr().contains("no server running")
                        || result.stderr().contains("error connecting to"));
    }

    private static ProcessResult requireOk(ProcessResult result) {
        if (!result.ok()) {
            throw Failure.unavailable("tmux says: " + result.lastOfStderr(1))
                    .hint("see: tmux list-sessions; katra doctor");
        }
        return result;
    }

    private static boolean serverIsExiting(ProcessResult result) {
        return SERVER_EXITING.stream().anyMatch(result.stderr()::contains);
    }

    private static boolean isTargetMissing(ProcessResult result) {
        return result.stderr().contains("can't find ");
    }

    /** Returns an exact target for a session; ids are exact by themselves. */
    private static String session(String name) {
        return name.startsWith("$") ? name : "=" + name;
    }

    private static String pane(String name) {
        return name.startsWith("%") ? name : "=" + name + ":";
    }

    /** Escapes a semicolon at the end of an argument, which tmux takes for the end of a command. */
    private static String literal(String argument) {
        return argument.endsWith(";") ? argument.substring(0, argument.length() - 1) + "\\;" : argument;
    }
}
