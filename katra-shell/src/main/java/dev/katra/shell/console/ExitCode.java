package dev.katra.shell.console;

import dev.katra.core.failure.Failure;

/** Lists the exit codes; docs/reference/exit-codes.md documents them. */
public final class ExitCode {

    /** Done. */
    public static final int OK = 0;

    /** A defect of Katra. */
    public static final int INTERNAL = 1;

    /** The command line is wrong, or a file it reads. */
    public static final int INVALID = 2;

    /** A named thing does not exist. */
    public static final int NOT_FOUND = 3;

    /** A thing exists or runs already. */
    public static final int CONFLICT = 4;

    /** Something that is needed is missing or does not answer. */
    public static final int UNAVAILABLE = 5;

    /** The caller gave up, as the shell reports Ctrl-C. */
    public static final int CANCELLED = 130;

    /** Nobody reads the output any more, as the shell reports it. */
    public static final int BROKEN_PIPE = 141;

    private ExitCode() {}

    /** Returns the exit code of a failure. */
    public static int of(Failure failure) {
        return switch (failure.code()) {
            case INVALID -> INVALID;
            case NOT_FOUND -> NOT_FOUND;
            case CONFLICT -> CONFLICT;
            case UNAVAILABLE -> UNAVAILABLE;
            case CANCELLED -> CANCELLED;
            case INTERNAL -> INTERNAL;
        };
    }
}
