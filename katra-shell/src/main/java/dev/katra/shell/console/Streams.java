package dev.katra.shell.console;

import java.io.PrintWriter;
import java.util.function.BooleanSupplier;

/**
 * The Streams of a caller are its standard input and its two outputs, with what a command may know of who is at their
 * other end.
 *
 * @param out for data
 * @param err for everything else
 * @param terminal which of the three are connected to a terminal
 * @param disconnected true once the caller no longer reads
 */
public record Streams(Input input, PrintWriter out, PrintWriter err, Terminal terminal, BooleanSupplier disconnected) {

    /** Returns these streams with another input. */
    public Streams withInput(Input other) {
        return new Streams(other, out, err, terminal, disconnected);
    }

    /** Returns these streams with other outputs. */
    public Streams withOutputs(PrintWriter otherOut, PrintWriter otherErr) {
        return new Streams(input, otherOut, otherErr, terminal, disconnected);
    }

    /** Returns these streams on another terminal. */
    public Streams withTerminal(Terminal other) {
        return new Streams(input, out, err, other, disconnected);
    }

    /** Returns these streams with another answer to whether the caller no longer reads. */
    public Streams withDisconnected(BooleanSupplier gone) {
        return new Streams(input, out, err, terminal, gone);
    }
}
