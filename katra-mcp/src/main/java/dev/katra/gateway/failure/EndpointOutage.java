package dev.katra.gateway.failure;

import java.util.Locale;
import java.util.Set;

/**
 * Decides whether an error response says that the endpoint cannot answer now, so that another one is worth asking. A
 * request that is wrong is wrong everywhere, and no outage.
 */
public final class EndpointOutage {

    private static final Set<String> NO_CREDIT =
            Set.of("insufficient_quota", "billing", "insufficient_balance", "insufficient_credit", "no_credit");

    private EndpointOutage() {}

    /** Returns whether this status alone says so: a limit, no credit, overload, or a defect of the endpoint. */
    public static boolean isStatus(int status) {
        return status == 402 || status == 429 || (status >= 500 && status < 600);
    }

    /** Returns whether a response with this status may say so; its body decides. */
    public static boolean mayBe(int status) {
        return isStatus(status) || status == 401 || status == 403;
    }

    /** Returns whether the response says so. A key without credit counts, whatever its status. */
    public static boolean matches(ErrorResponse refusal) {
        if (isStatus(refusal.status())) {
            return !ContextOverflow.matches(refusal);
        }
        String code = refusal.code().toLowerCase(Locale.ROOT);
        return mayBe(refusal.status()) && NO_CREDIT.stream().anyMatch(code::contains);
    }

    /** Returns whether the response says that the prompt is too long for the endpoint. */
    public static boolean isPromptTooLong(ErrorResponse refusal) {
        return ContextOverflow.matches(refusal);
    }
}
