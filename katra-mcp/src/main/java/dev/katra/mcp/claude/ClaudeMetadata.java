package dev.katra.mcp.claude;

import dev.katra.mcp.tool.ClientMetadata;
import java.util.Map;

/** Names the metadata that Claude Code adds to MCP's messages, and reads in them. */
public final class ClaudeMetadata implements ClientMetadata {

    /**
     * The key under which a tool says how long its answers may be. Without it, the client gives its model an answer of
     * more than 50,000 characters or 25,000 tokens only as the name of a file.
     */
    private static final String MAX_RESULT_SIZE = "anthropic/maxResultSizeChars";

    /**
     * The maximum length of an answer, in characters: the most that the client accepts. A message of control characters
     * alone takes 393,216 as JSON.
     */
    private static final int MAX_RESULT_CHARACTERS = 500_000;

    @Override
    public String callIdKey() {
        return "claudecode/toolUseId";
    }

    @Override
    public Map<String, Object> ofLongAnswers() {
        return Map.of(MAX_RESULT_SIZE, MAX_RESULT_CHARACTERS);
    }
}
