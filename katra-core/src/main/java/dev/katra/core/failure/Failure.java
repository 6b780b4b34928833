package dev.katra.core.failure;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something could not be done, said for a person: what is the case, and in the hint what to do next. Thrown where the
 * fact is known and rendered once per edge (terminal, MCP tool, HTTP). Messages and hints never hold a secret and end
 * without a full stop.
 */
public final class Failure extends RuntimeException {

    /** What kind of failure this is; each edge maps it to its own code. */
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

    private final Code code;
    private final @Nullable String hint;

    private Failure(Code code, String message, @Nullable String hint, @Nullable Throwable cause) {
        super(Objects.requireNonNull(message, "message is null"), cause);
        this.code = Objects.requireNonNull(code, "code is null");
        this.hint = hint;
    }

    /** A failure of the given code without a hint. */
    public static Failure of(Code code, String message) {
        return new Failure(code, message, null, null);
    }

    /** Wrong input. */
    public static Failure invalid(String message) {
        return of(Code.INVALID, message);
    }

    /** A named thing that does not exist. */
    public static Failure notFound(String message) {
        return of(Code.NOT_FOUND, message);
    }

    /** A thing that exists or is in use already. */
    public static Failure conflict(String message) {
        return of(Code.CONFLICT, message);
    }

    /** Something that is needed and missing. */
    public static Failure unavailable(String message) {
        return of(Code.UNAVAILABLE, message);
    }

    /** The same failure with the next step, usually a command to type. */
    public Failure hint(String next) {
        return new Failure(code, text(), next, getCause());
    }

    /** The same failure with what led to it, for the log only. */
    public Failure cause(Throwable cause) {
        return new Failure(code, text(), hint, cause);
    }

    /** What kind of failure this is. */
    public Code code() {
        return code;
    }

    /** The message, for a person. */
    public String text() {
        return Objects.requireNonNull(getMessage());
    }

    /** The next step, if there is one to name. */
    public Optional<String> hint() {
        return Optional.ofNullable(hint);
    }
}
