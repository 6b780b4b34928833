package dev.katra.mcp.demo;

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
 * The steps that a prompt asks for. A line {@code tool {"json":"input"}} is one step, {@code + } before it runs it
 * together with the one above, {@code until "text" } before it repeats it until a result holds the text (20 times at
 * most, and not at all if one did already); plain lines such as {@code say hello} stand for a step too. Other lines are ignored.
 *
 * @param steps the steps in order
 */
record Script(List<Step> steps) {

    private static final int MOST_TRIES = 20;
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

    /** The steps of the turn that follows these results. */
    List<Step> turn(List<String> results) {
        int next = 0;
        int tries = 0;
        for (int taken = 0; taken < results.size(); taken++) {
            next = skipDone(next, results.subList(0, taken));
            tries++;
            if (next < steps.size() && (tries == MOST_TRIES || steps.get(next).isDoneBy(results.get(taken)))) {
                next++;
                tries = 0;
            }
        }
        next = skipDone(next, results);
        if (next >= steps.size()) {
            return List.of();
        }
        int end = next + 1;
        while (end < steps.size() && steps.get(end).together()) {
            end++;
        }
        return steps.subList(next, end);
    }

    /** A step that waits for a text which has come already is not taken at all. */
    private int skipDone(int from, List<String> results) {
        int next = from;
        while (next < steps.size()
                && steps.get(next).until() != null
                && results.stream().anyMatch(steps.get(next)::isDoneBy)) {
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
