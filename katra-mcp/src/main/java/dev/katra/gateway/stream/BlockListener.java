package dev.katra.gateway.stream;

/** Receives the blocks of an answer one after the other: each is begun, filled and ended. The index counts from 0. */
interface BlockListener {

    /** Begins a block; id and name are empty unless it is a call. */
    void begin(int index, BlockKind kind, String id, String name);

    /** Adds text, thinking or arguments to the open block. */
    void fill(int index, BlockKind kind, String more);

    /** Adds the signature to the open thinking. */
    void sign(int index, String signature);

    /** Ends the open block. */
    void end(int index, BlockKind kind);
}
