package dev.katra.mcp.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What a script needs to know of a Messages API request: the last thing a person asked, and what came of it.
 *
 * @param prompt the last real user text, without what the client adds to it; empty if there is none
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
    private static final String INTERRUPTED = "[Request interrupted";

    Conversation {
        results = List.copyOf(results);
        tools = List.copyOf(tools);
    }

    static Conversation of(JsonNode request) {
        String prompt = "";
        var names = new HashMap<String, String>();
        var results = new ArrayList<Result>();
        for (JsonNode message : request.path("messages")) {
            String role = message.path("role").asString("");
            if (role.equals("assistant")) {
                nameCalls(message, names);
            } else if (role.equals("user")) {
                results(message, names, results);
                String text = said(message);
                if (!text.isEmpty()) {
                    prompt = text;
                    results.clear();
                }
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
