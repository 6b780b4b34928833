package dev.katra.mcp.demo;

import dev.katra.mcp.room.MailText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What a script needs to know of a Messages API request: the last thing that was asked, and what came of it. Mail that
 * Katra's hook has added to a prompt is asked too: its lines are the script of that turn, after the prompt's own, and each message
 * counts only once in a conversation.
 *
 * @param prompt the last real user text, without what the client adds to it, and the new mail that came with it; empty if there is none
 * @param results what the tools returned since then, in order, but for the search for tools
 * @param searches how often the model has searched for tools since then
 * @param tools the names of the tools that the request offers
 */
record Conversation(String prompt, List<Result> results, int searches, List<String> tools) {

    /** The client's own tool that waits for MCP servers which are still connecting. */
    static final String SEARCH = "ToolSearch";

    /** What one tool call returned. */
    record Result(String tool, String text, boolean error) {}

    private static final Pattern ADDED =
            Pattern.compile("(?s)<(system-reminder|local-command-[a-z]+|command-[a-z]+)>.*?</\\1>");
    private static final Pattern MAIL = Pattern.compile("#(\\d{1,18}) \\S");
    private static final String INTERRUPTED = "[Request interrupted";

    Conversation {
        results = List.copyOf(results);
        tools = List.copyOf(tools);
    }

    static Conversation of(JsonNode request) {
        String prompt = "";
        boolean answered = true;
        var heard = new HashSet<Long>();
        var names = new HashMap<String, String>();
        var results = new ArrayList<Result>();
        for (JsonNode message : request.path("messages")) {
            String role = message.path("role").asString("");
            if (role.equals("assistant")) {
                nameCalls(message, names);
                answered = true;
            } else if (role.equals("user")) {
                results(message, names, results);
            }
            String mail = role.equals("assistant") ? "" : mail(message, heard);
            String text = role.equals("user") ? said(message) : "";
            if (!text.isEmpty() || !mail.isEmpty()) {
                prompt = (answered ? "" : prompt + "\n") + text + "\n" + mail;
                prompt = prompt.strip();
                answered = false;
                results.clear();
            }
        }
        var tools = new ArrayList<String>();
        request.path("tools").forEach(tool -> tools.add(tool.path("name").asString("")));
        List<Result> ofTheScript =
                results.stream().filter(each -> !each.tool().equals(SEARCH)).toList();
        return new Conversation(prompt, ofTheScript, results.size() - ofTheScript.size(), tools);
    }

    private static void nameCalls(JsonNode message, Map<String, String> names) {
        for (JsonNode block : message.path("content")) {
            if (block.path("type").asString("").equals("tool_use")) {
                names.put(block.path("id").asString(""), block.path("name").asString(""));
            }
        }
    }

    private static void results(JsonNode message, Map<String, String> names, List<Result> results) {
        for (JsonNode block : message.path("content")) {
            if (block.path("type").asString("").equals("tool_result")) {
                String tool = names.getOrDefault(block.path("tool_use_id").asString(""), "a tool");
                results.add(new Result(
                        tool,
                        text(block.path("content")),
                        block.path("is_error").asBoolean(false)));
            }
        }
    }

    private static String said(JsonNode message) {
        JsonNode content = message.path("content");
        if (content.isString()) {
            return own(content.asString());
        }
        var parts = new ArrayList<String>();
        for (JsonNode block : content) {
            if (block.path("type").asString("").equals("text")) {
                parts.add(own(block.path("text").asString("")));
            }
        }
        return parts.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining("\n"));
    }

    /** What the mail says that Katra's hook has added to a prompt here, but for the messages that came before. */
    private static String mail(JsonNode message, Set<Long> heard) {
        var script = new ArrayList<String>();
        boolean fresh = false;
        boolean inside = false;
        for (String line : texts(message).lines().toList()) {
            Matcher head = MAIL.matcher(line);
            if (line.endsWith(MailText.HEADER)) {
                inside = true;
            } else if (inside && head.lookingAt()) {
                fresh = heard.add(Long.parseLong(head.group(1)));
            } else if (inside && fresh && line.startsWith("  ")) {
                script.add(line.substring(2));
            }
        }
        return String.join("\n", script);
    }

    private static String texts(JsonNode message) {
        JsonNode content = message.path("content");
        if (content.isString()) {
            return content.asString();
        }
        var texts = new ArrayList<String>();
        for (JsonNode block : content) {
            if (block.path("type").asString("").equals("text")) {
                texts.add(block.path("text").asString(""));
            }
        }
        return String.join("\n", texts);
    }

    private static String own(String text) {
        String rest = ADDED.matcher(text).replaceAll("").strip();
        return rest.startsWith(INTERRUPTED) ? "" : rest;
    }

    private static String text(JsonNode content) {
        if (content.isString()) {
            return content.asString();
        }
        var parts = new ArrayList<String>();
        content.forEach(part -> parts.add(part.path("text").asString("")));
        return String.join("\n", parts).strip();
    }
}
