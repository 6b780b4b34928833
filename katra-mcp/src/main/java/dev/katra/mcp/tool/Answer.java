package dev.katra.mcp.tool;

/**
 * What a tool returns, as a record and as text. Claude Code gives its model the record's JSON; other clients may give
 * theirs the text, so both say everything.
 */
public interface Answer {

    /** The answer in few words. */
    String text();
}
