package dev.katra.mcp.gateway.stream;

/** Receives the blocks of an answer, one after the other: begun, filled and ended, counted from 0. */
interface BlockListener {

    /** A block begins; id and name are empty unless it is a call. */
    void begin(int index, BlockKind kind, String id, String name);

    /** More text, thinking or arguments for the block that is open. */
    void fill(int index, BlockKind kind, String more);

    /** The signature of the thinking that is open. */
    void sign(int index, String signature);

    /** The block that is open ends. */
    void end(int index, BlockKind kind);
}
