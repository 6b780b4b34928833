package dev.katra.gateway.mock;

import org.jspecify.annotations.Nullable;

/** A request is one that the real vendor refuses. */
public final class StrictRejection extends AssertionError {

    private static final long serialVersionUID = 1L;

    private final transient VendorError error;

    /** The vendor says this. */
    public StrictRejection(VendorError error) {
        super(error.message());
        this.error = error;
    }

    /** What the vendor says. */
    public VendorError error() {
        return error;
    }

    /** Refuses as invalid what does not hold. */
    public static void unless(boolean holds, @Nullable String param, @Nullable String code, String message) {
        if (!holds) {
            throw new StrictRejection(VendorError.invalid(param, code, message));
        }
    }

    static void unless(boolean holds, String param, String message) {
        unless(holds, param, "invalid_value", message);
    }
}
