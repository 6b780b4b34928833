package dev.katra.demo;

import dev.katra.demo.DemoConversation.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Script holds the steps that a prompt asks for. A line {@code tool {"json":"input"}} is one step. {@code + } before
 * it runs it together with the step above. {@code until "text" } before it repeats it until what the tool returned, or
 * mail that came another way, holds the text; if the text has come already, the step is skipped. A plain line such as
 * {@code say hello} is a step too. Other lines are ignored.
 *
 * @param steps the steps in order
 */
record Script(List<Step> steps) {

    private static final Pattern LINE = Pattern.compile("(?<plus>\\+\\s*)?(?<tool>[A-Za-z]\\w*)\\s*(?<input>\\{.*})?");
    private static final Pattern UNTIL = Pattern.compile("until \"([^\"]+)\"\\s+(.+)");
    private static final Pattern SAY_TO = Pattern.compile("(?i)say to ([\\w-]+(?:\\s*,\\s*[\\w-]+)*)\\s*:\\s*(.+)");
    private static final Pattern SAY = Pattern.compile("(?i)say:?\\s+(.+)");
    private static final Pattern HEAR = Pattern.compile("(?i)(?:hear|listen)(?:\\s+(\\d{1,3}))?[.?]?");
    private static final Pattern WHO = Pattern.compile("(?i)who(?: is here| else is here)?[.?]?");
    private static final Pattern REMEMBER = Pattern.compile("(?i)remember:?\\s+(.+)");
    private static final Pattern RECALL = Pattern.compile("(?i)recall:?\\s+(.+)");

    Script {
        steps = List.copyOf(steps);
    }

    static Script of(String prompt, JsonMapper json) {
        var steps = new ArrayList<Step>();
        for (String line : prompt.lines().map(String::strip).toList()) {
            Matcher until = UNTIL.matcher(line);
            if (until.matches()) {
                String text = until.group(1);
                one(until.group(2), json).map(step -> step.until(text)).ifPresent(steps::add);
            } else {
                one(line, json).ifPresent(steps::add);
            }
        }
        return new Script(steps);
    }

    /** Returns the steps that come next; the list is empty if the script is done. */
    List<Step> next(DemoConversation conversation) {
        List<Result> results = conversation.results();
        int next = 0;
        for (int taken = 0; taken < results.size(); taken++) {
            next = skipDone(next, conversation, taken);
            if (next < steps.size() && !steps.get(next).mustRepeatAfter(results.get(taken))) {
                next++;
            }
        }
        next = skipDone(next, conversation, results.size());
        if (next >= steps.size()) {
            return List.of();
        }
        int end = next + 1;
        while (end < steps.size() && steps.get(end).together()) {
            end++;
        }
        return steps.subList(next, end);
    }

    /** Returns the index of the first step, from this one on, that does not wait for a text which has come already. */
    private int skipDone(int from, DemoConversation conversation, int taken) {
        int next = from;
        while (next < steps.size() && steps.get(next).hasCome(conversation, taken)) {
            next++;
        }
        return next;
    }

    private static Optional<Step> one(String line, JsonMapper json) {
        return step(line, json).or(() -> plain(line, json));
    }

    private static Optional<Step> step(String line, JsonMapper json) {
        Matcher match = LINE.matcher(line);
        if (!match.matches()) {
            return Optional.empty();
        }
        String tool = match.group("tool");
        @Nullable String input = match.group("input");
        boolean together = match.group("plus") != null;
        if (input == null) {
            return tool.startsWith("katra_")
                    ? Optional.of(new Step(tool, json.createObjectNode(), together))
                    : Optional.empty();
        }
        try {
            JsonNode parsed = json.readTree(input);
            return parsed instanceof ObjectNode object
                    ? Optional.of(new Step(tool, object, together))
                    : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static Optional<Step> plain(String line, JsonMapper json) {
        ObjectNode input = json.createObjectNode();
        Matcher match = SAY_TO.matcher(line);
        if (match.matches()) {
            var to = input.putArray("to");
            for (String name : match.group(1).split("\\s*,\\s*", -1)) {
                to.add(name);
            }
            return Optional.of(new Step("katra_say", input.put("message", match.group(2)), false));
        }
        match = SAY.matcher(line);
        if (match.matches()) {
            return Optional.of(new Step("katra_say", input.put("message", match.group(1)), false));
        }
        match = HEAR.matcher(line);
        if (match.matches()) {
            @Nullable String seconds = match.group(1);
            return Optional.of(new Step(
                    "katra_hear",
                    seconds == null ? input : input.put("wait_seconds", Integer.parseInt(seconds)),
                    false));
        }
        if (WHO.matcher(line).matches()) {
            return Optional.of(new Step("katra_who_is_here", input, false));
        }
        match = REMEMBER.matcher(line);
        if (match.matches()) {
            return Optional.of(new Step("katra_remember", input.put("content", match.group(1)), false));
        }
        match = RECALL.matcher(line);
        if (match.matches()) {
            return Optional.of(new Step("katra_recall", input.put("query", match.group(1)), false));
        }
        return Optional.empty();
    }
}
