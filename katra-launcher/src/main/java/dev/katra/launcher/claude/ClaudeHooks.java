package dev.katra.launcher.claude;

import dev.katra.core.contract.SessionContract;
import dev.katra.launcher.plan.ShellQuote;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the hooks of a session's settings: the client reports its events to the server, and while it is idle a command
 * in its background waits for mail.
 *
 * @param server the server's address
 * @param script the path of the script that the command hooks run
 */
record ClaudeHooks(URI server, Path script) {

    /** The script's file name, both among the resources and in a session's folder. */
    static final String SCRIPT = "session-hook";

    /** The events that the client reports to the server, each at {@code /hooks/<name>}. */
    private static final List<String> REPORTED_EVENTS = List.of(
            "UserPromptSubmit",
            "PostToolUse",
            "PostToolUseFailure",
            "Stop",
            "StopFailure",
            "PermissionRequest",
            "PreCompact",
            "PostCompact",
            "Notification",
            "SessionEnd");

    /** The tool that the client also reports before it runs it, because the tool takes mail that a hook would give. */
    private static final String HEAR_TOOL = SessionContract.TOOL_PREFIX + SessionContract.HEAR_TOOL;

    /** The time limit of a report, for which a server that hangs may hold the session up. */
    private static final Duration REPORT_TIMEOUT = Duration.ofSeconds(2);

    /** The time limit of the start hook. The script itself gives up earlier. */
    private static final Duration START_TIMEOUT = Duration.ofSeconds(20);

    /**
     * The events at which a waiter begins, besides the session's start. The waiter that begins with a prompt is for
     * turns whose end the client reports to nobody, because a person interrupts them; the waiter that begins at the
     * turn's end takes its place.
     */
    private static final List<String> WAITER_EVENTS = List.of("UserPromptSubmit", "Stop", "StopFailure");

    /** The time limit of a waiter, which must last as long as a session is left alone. */
    private static final Duration WAITER_TIMEOUT = Duration.ofDays(7);

    static String scriptText() {
        try (InputStream in = Objects.requireNonNull(ClaudeHooks.class.getResourceAsStream(SCRIPT))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Adds Katra's hooks to those of the user.
     *
     * @param idles whether the session is ever idle; a session that answers a single prompt would not end while a
     *     waiter waits
     */
    void addTo(ObjectNode hooks, boolean idles) {
        for (String event : REPORTED_EVENTS) {
            report(event, group(hooks, event));
        }
        report("PreToolUse", group(hooks, "PreToolUse").put("matcher", HEAR_TOOL));
        ArrayNode start = group(hooks, SessionContract.START_HOOK).putArray("hooks");
        // This event takes no http hook; and the client waits for it, but not for its MCP servers.
        command(start, "start", SessionContract.HOOKS_PATH + SessionContract.START_HOOK, START_TIMEOUT);
        if (idles) {
            waiter(start);
            for (String event : WAITER_EVENTS) {
                waiter(group(hooks, event).putArray("hooks"));
            }
        }
    }

    private static ObjectNode group(ObjectNode hooks, String event) {
        return UserJson.array(hooks, event, "--settings").addObject();
    }

    private void report(String event, ObjectNode group) {
        ObjectNode hook = group.putArray("hooks").addObject();
        hook.put("type", "http");
        hook.put("url", server.resolve(SessionContract.HOOKS_PATH + event).toString());
        hook.putObject("headers").put("Authorization", ClaudeFiles.BEARER);
        hook.putArray("allowedEnvVars").add(SessionContract.TOKEN_VARIABLE);
        hook.put("timeout", REPORT_TIMEOUT.toSeconds());
    }

    private void waiter(ArrayNode group) {
        command(group, "wait", SessionContract.HOOKS_PATH + SessionContract.WAIT_HOOK, WAITER_TIMEOUT)
                .put("asyncRewake", true);
    }

    /** Adds a command hook. The script replaces the shell that runs it, so that its parent is the client. */
    private ObjectNode command(ArrayNode group, String action, String path, Duration limit) {
        ObjectNode hook = group.addObject();
        hook.put("type", "command");
        hook.put("command", "exec /bin/sh " + ShellQuote.quote(script.toString()) + " " + action + " " + path);
        hook.put("timeout", limit.toSeconds());
        return hook;
    }
}
