package dev.katra.core.failure;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reports to a person that something could not be done: the message says what is the case, and the hint what to do
 * next. A failure is thrown where the fact is known and rendered once per edge (terminal, MCP tool, HTTP). Messages and
 * hints never hold a secret and end without a full stop.
 */
public final class Failure extends RuntimeException {

    /** The kind of a failure; each edge maps it to a code of its own. */
    public enum Code {
        /** The input is wrong; repeating it will not help. */
        INVALID,
        /** The named thing does not exist. */
        NOT_FOUND,
        /** The thing exists or is in use already. */
        CONFLICT,
        /** Something that is needed is missing or does not answer. */
        UNAVAILABLE,
        /** The caller gave up. */
        CANCELLED,
        /** A defect; the details are in the log. */
        INTERNAL
    }

    /** The next step to name where a file cannot be read or written. */
    public static final String DISK = "look at the rights and the free space there: ls -ld, df -h";

    private final Code code;
    private final @Nullable String hint;

    private Failure(Code code, String message, @Nullable String hint, @Nullable Throwable cause) {
        super(Objects.requireNonNull(message, "message is null"), cause);
        this.code = Objects.requireNonNull(code, "code is null");
        this.hint = hint;
    }

    /** Returns a failure of the given code without a hint. */
    public static Failure of(Code code, String message) {
        return new Failure(code, message, null, null);
    }

    /** Returns a failure that says that the input is wrong. */
    public static Failure invalid(String message) {
        return of(Code.INVALID, message);
    }

    /** Returns a failure that says that a named thing does not exist. */
    public static Failure notFound(String message) {
        return of(Code.NOT_FOUND, message);
    }

    /** Returns a failure that says that a thing exists or is in use already. */
    public static Failure conflict(String message) {
        return of(Code.CONFLICT, message);
    }

    /** Returns a failure that says that something that is needed is missing or does not answer. */
    public static Failure unavailable(String message) {
        return of(Code.UNAVAILABLE, message);
    }

    /** Returns this failure with the next step, usually a command to type. */
    public Failure hint(String next) {
        return new Failure(code, text(), next, getCause());
    }

    /** Returns this failure with its cause, which only the log shows. */
    public Failure cause(Throwable cause) {
        return new Failure(code, text(), hint, cause);
    }

    /** Returns the kind of this failure. */
    public Code code() {
        return code;
    }

    /** Returns the message, which is written for a person. */
    public String text() {
        return Objects.requireNonNull(getMessage());
    }

    /** Returns the next step, if there is one to name. */
    public Optional<String> hint() {
        return Optional.ofNullable(hint);
    }
}
