package dev.katra.demo;

import dev.katra.mcp.room.MailText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A DemoConversation holds what a script needs to know of a Messages API request: what its turn was asked, and what the
 * turn has done so far. Mail that Katra's hook has added counts as asked: its lines follow the prompt's own lines in
 * the script of that turn, and each message counts only once in a conversation. Mail that comes during the turn is
 * added to its script.
 *
 * @param prompt the user text of the turn, without what the client adds to it, and the new mail that came with it;
 *     empty if there is none
 * @param mail the mail that was added since the last turn that called a tool, the present turn included
 * @param results the results of this turn's tool calls, in order, without the searches for tools
 * @param searches the number of searches for tools that the model has made in this turn
 * @param begunAt when this turn's first call was made, if its id tells
 * @param tools the names of the tools that the request offers
 */
record DemoConversation(
        String prompt,
        List<Mail> mail,
        List<Result> results,
        int searches,
        Optional<Instant> begunAt,
        List<String> tools) {

    /** The client's own tool that waits for MCP servers which are still connecting. */
    static final String TOOL_SEARCH = "ToolSearch";

    /**
     * A Mail holds the text of the messages that were added together, and the number of results that the turn had by
     * then.
     */
    record Mail(String text, int resultsBefore) {}

    /** A Result holds what one tool call returned. */
    record Result(String tool, String text, boolean error) {}

    private static final Pattern ADDED =
            Pattern.compile("(?s)<(system-reminder|local-command-[a-z]+|command-[a-z]+)>.*?</\\1>");
    private static final Pattern MAIL = Pattern.compile("#(\\d{1,18}) \\S");
    private static final String INTERRUPTED = "[Request interrupted";

    DemoConversation {
        mail = List.copyOf(mail);
        results = List.copyOf(results);
        tools = List.copyOf(tools);
    }

    static DemoConversation of(JsonNode request) {
        String prompt = "";
        boolean over = true;
        Optional<Instant> begun = Optional.empty();
        var heard = new HashSet<Long>();
        var mail = new ArrayList<Mail>();
        var names = new HashMap<String, String>();
        var results = new ArrayList<Result>();
        for (JsonNode message : request.path("messages")) {
            if (message.path("role").asString("").equals("assistant")) {
                List<String> calls = nameCalls(message, names);
                over = calls.isEmpty();
                begun = begun.or(() -> calls.stream().findFirst().flatMap(DemoCallIds::madeAt));
                continue;
            }
            String text = "";
            if (message.path("role").asString("").equals("user")) {
                results(message, names, results);
                over = over || isInterrupted(message);
                text = userText(message);
            }
            String added = mail(message, heard);
            if (text.isEmpty() && added.isEmpty()) {
                continue;
            }
            if (over) {
                if (!results.isEmpty()) {
                    mail.clear();
                }
                prompt = "";
                begun = Optional.empty();
                results.clear();
            }
            over = false;
            prompt = (prompt + "\n" + text + "\n" + added).strip();
            if (!added.isEmpty()) {
                mail.add(new Mail(added, ofScript(results).size()));
            }
        }
        var tools = new ArrayList<String>();
        request.path("tools").forEach(tool -> tools.add(tool.path("name").asString("")));
        List<Result> ofScript = ofScript(results);
        return new DemoConversation(prompt, mail, ofScript, results.size() - ofScript.size(), begun, tools);
    }

    /** Returns all that the person at the session has typed, without what the client adds. */
    static List<String> typedPrompts(JsonNode request) {
        var typed = new ArrayList<String>();
        for (JsonNode message : request.path("messages")) {
            if (message.path("role").asString("").equals("user")) {
                typed.add(userText(message));
            }
        }
        return typed;
    }

    private static List<Result> ofScript(List<Result> results) {
        return results.stream().filter(each -> !each.tool().equals(TOOL_SEARCH)).toList();
    }

    /** Returns the number of calls that the turn has made. */
    int calls() {
        return results.size() + searches;
    }

    /** Returns the ids of the calls in this message, and puts the name of each call's tool into the map. */
    private static List<String> nameCalls(JsonNode message, Map<String, String> names) {
        var ids = new ArrayList<String>();
        for (JsonNode block : message.path("content")) {
            if (block.path("type").asString("").equals("tool_use")) {
                String id = block.path("id").asString("");
                names.put(id, block.path("name").asString(""));
                ids.add(id);
            }
        }
        return ids;
    }

    private static boolean isInterrupted(JsonNode message) {
        return texts(message).lines().anyMatch(line -> line.startsWith(INTERRUPTED));
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

    private static String userText(JsonNode message) {
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

    /**
     * Returns the text of the mail that Katra's hook has added to this message, without the messages that came before.
     */
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
