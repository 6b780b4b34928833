package dev.katra.gateway.judge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Remembers the prompts of persons in conversations, without what the client adds. They are kept in memory for a while,
 * because a sub-agent's request holds only the words of the agent that sent it, and a compacted conversation only a
 * summary.
 */
public final class PersonPrompts {

    private static final int MAX_CONVERSATIONS = 300;
    private static final int MAX_PROMPTS = 30;
    // Up to the last end of its kind: what was added may hold an end of its own, and would speak for the person behind
    // it.
    private static final Pattern ADDED = Pattern.compile(
            "(?s)<(system-reminder|task-notification|local-command-[a-z]+|bash-stdout|bash-stderr)>.*</\\1>");
    private static final List<String> CLIENT_TEXTS =
            List.of("[Request interrupted", "This session is being continued from a previous conversation");

    private final Map<String, Set<String>> byConversation = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Set<String>> eldest) {
            return size() > MAX_CONVERSATIONS;
        }
    };

    /** Returns the person's prompts in this request and, as far as they are remembered, before it; oldest first. */
    public synchronized List<String> promptsUpTo(String conversation, JsonNode request) {
        Set<String> known = conversation.isEmpty()
                ? new LinkedHashSet<>()
                : byConversation.computeIfAbsent(conversation, id -> new LinkedHashSet<>());
        for (String prompt : promptsIn(request)) {
            known.remove(prompt); // what is said again counts from where it was said last
            known.add(prompt);
        }
        while (known.size() > MAX_PROMPTS) {
            known.remove(known.iterator().next());
        }
        return List.copyOf(known);
    }

    /** Returns the prompts that are remembered of a conversation. */
    public synchronized List<String> remembered(String conversation) {
        return List.copyOf(byConversation.getOrDefault(conversation, Set.of()));
    }

    /** Returns the texts of the user's turns in a request, without what the client adds. */
    static List<String> promptsIn(JsonNode request) {
        List<String> prompts = new ArrayList<>();
        for (JsonNode message : request.path("messages")) {
            if (message.path("role").asString("").equals("user")) {
                JsonNode content = message.path("content");
                if (content.isString()) {
                    add(content.asString(), prompts);
                }
                for (JsonNode block : content) {
                    if (block.path("type").asString("").equals("text")) {
                        add(block.path("text").asString(""), prompts);
                    }
                }
            }
        }
        return prompts;
    }

    private static void add(String text, List<String> into) {
        String own = ADDED.matcher(text).replaceAll("").strip();
        if (!own.isEmpty() && CLIENT_TEXTS.stream().noneMatch(own::startsWith)) {
            into.add(own);
        }
    }
}
