package dev.katra.launcher.claude;

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
 * What the client does at its events: it reports to the server, and while it is idle a command waits for mail in its
 * background.
 *
 * @param server the server's address
 * @param script where the commands' script is
 */
record ClaudeHooks(URI server, Path script) {

    /** The script's name, among the resources and in a session's folder. */
    static final String SCRIPT = "session-hook";

    /** The events that the client reports to the server, each at {@code /hooks/<name>}. */
    private static final List<String> REPORTED = List.of(
            "UserPromptSubmit",
            "PostToolUse",
            "PostToolUseFailure",
            "Stop",
            "StopFailure",
            "Notification",
            "SessionEnd");

    /** Before this tool runs, the server is told too: it takes what the tool is going to take. */
    private static final String HEAR = "mcp__" + ClaudeFiles.SERVER + "__katra_hear";

    /** A server that hangs must not hold the session up for longer than this. */
    private static final Duration REPORT = Duration.ofSeconds(2);

    /** The script gives up before. */
    private static final Duration START = Duration.ofSeconds(20);

    /**
     * When a waiter begins, besides at the session's start. The one of the prompt is for turns whose end the client tells
     * nobody, because a person interrupts them; that of the end takes its place.
     */
    private static final List<String> WAITED = List.of("UserPromptSubmit", "Stop", "StopFailure");

    /** One must last as long as a session is left alone. */
    private static final Duration WAIT = Duration.ofDays(7);

    static String scriptText() {
        try (InputStream in = Objects.requireNonNull(ClaudeHooks.class.getResourceAsStream(SCRIPT))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Adds them to those of the user.
     *
     * @param idles whether the session is ever idle; one that answers a single prompt does not end while a waiter waits
     */
    void addTo(ObjectNode hooks, boolean idles) {
        for (String event : REPORTED) {
            report(event, group(hooks, event));
        }
        report("PreToolUse", group(hooks, "PreToolUse").put("matcher", HEAR));
        ArrayNode start = group(hooks, "SessionStart").putArray("hooks");
        // This event takes no http hook; and the client waits for it, but not for its MCP servers.
        command(start, "start", "/hooks/SessionStart", START);
        if (idles) {
            waiter(start);
            for (String event : WAITED) {
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
        hook.put("url", server.resolve("/hooks/" + event).toString());
        hook.putObject("headers").put("Authorization", ClaudeFiles.BEARER);
        hook.putArray("allowedEnvVars").add(ClaudeFiles.TOKEN_VARIABLE);
        hook.put("timeout", REPORT.toSeconds());
    }

    private void waiter(ArrayNode group) {
        command(group, "wait", "/hooks/wait", WAIT).put("asyncRewake", true);
    }

    /** The script takes the place of the shell that runs it, so that its parent is the client. */
    private ObjectNode command(ArrayNode group, String action, String path, Duration limit) {
        ObjectNode hook = group.addObject();
        hook.put("type", "command");
        hook.put(
                "command",
                "exec /bin/sh " + ShellQuote.quote(script.toString()) + " " + action + " " + server.resolve(path));
        hook.put("timeout", limit.toSeconds());
        return hook;
    }
}
