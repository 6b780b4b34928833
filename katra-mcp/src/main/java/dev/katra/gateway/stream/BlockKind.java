package dev.katra.gateway.stream;

/** A BlockKind says what a block of an answer holds. */
enum BlockKind {
    TEXT,
    THINKING,
    TOOL
}
