package dev.katra.mcp.tool;

/**
 * Represents what a tool returns, as a record and as text. Claude Code gives its model the record's JSON; other clients
 * may give theirs the text, so both say everything.
 */
public interface ToolAnswer {

    /** Returns the answer as short text. */
    String text();
}
