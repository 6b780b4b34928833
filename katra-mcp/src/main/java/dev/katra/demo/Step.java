package dev.katra.demo;

import dev.katra.core.contract.SessionContract;
import dev.katra.demo.DemoConversation.Result;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Step is one tool call of a script.
 *
 * @param tool the tool's name as the script says it
 * @param input the tool's arguments
 * @param together whether the call runs in the same turn as the step before it
 * @param until the text until which the step is repeated; null if the step is taken once
 */
record Step(
        String tool,
        ObjectNode input,
        boolean together,
        @Nullable String until) {

    Step(String tool, ObjectNode input, boolean together) {
        this(tool, input, together, null);
    }

    private static final String PREFIX = SessionContract.TOOL_PREFIX;

    /** Returns the same step, repeated until its result holds the text. */
    Step until(String text) {
        return new Step(tool, input, together, text);
    }

    /** Returns whether the step must be taken again after this result. */
    boolean mustRepeatAfter(Result result) {
        return until != null && !result.text().contains(until);
    }

    /**
     * Returns whether the text for which the step is repeated had come, from its tool or as mail, by the time the turn
     * had this number of results.
     */
    boolean hasCome(DemoConversation conversation, int taken) {
        @Nullable String text = until;
        return text != null
                && (conversation.mail().stream()
                                .anyMatch(mail -> mail.resultsBefore() <= taken
                                        && mail.text().contains(text))
                        || conversation.results().stream()
                                .limit(taken)
                                .anyMatch(result ->
                                        matches(result.tool()) && result.text().contains(text)));
    }

    /** Returns the name under which the client knows the tool. */
    String fullName() {
        return tool.startsWith("katra_") ? PREFIX + tool : tool;
    }

    /** Returns whether a tool offered under this name is the one that the step calls. */
    boolean matches(String offered) {
        return offered.equals(tool) || offered.equals(PREFIX + tool);
    }
}
