package dev.katra.mcp.gateway.stream;

/** What a block of an answer holds. */
enum BlockKind {
    TEXT,
    THINKING,
    TOOL
}
