package dev.katra.mcp.hook;

/** Names what a session waits for, in the words that people see. */
final class WaitReasons {

    /** The text for a permission when the client does not say for what. */
    static final String PERMISSION = "a permission";

    /** The text for an answer when the client does not say to what. */
    static final String ANSWER = "an answer";

    private WaitReasons() {}

    /** Returns what the model asks a person for with the tool that the event names. */
    static String requestedBy(HookEvent event) {
        String tool = event.text("tool_name");
        return switch (tool) {
            case "" -> PERMISSION;
            case "AskUserQuestion" -> "an answer to its question";
            case "ExitPlanMode" -> "approval of its plan";
            default -> "permission for " + tool;
        };
    }
}
