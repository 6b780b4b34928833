package dev.katra.gateway.thinking;

import dev.katra.core.upstream.Effort;
import dev.katra.core.upstream.Quirks;
import dev.katra.gateway.request.MessagesRequest;
import dev.katra.gateway.request.Thinking;
import java.util.Optional;

/** Chooses the effort to ask a model for. */
public final class EffortChoice {

    private static final int LOW_BUDGET = 4_000;
    private static final int MEDIUM_BUDGET = 16_000;

    private EffortChoice() {}

    /** Returns the effort that suits the request and that the model accepts; empty for a model that does not reason. */
    public static Optional<Effort> of(MessagesRequest request, Quirks quirks) {
        Effort wanted = request.sampling().brief() ? Effort.NONE : wanted(request.thinking());
        return wanted.nearestSupported(quirks.efforts());
    }

    private static Effort wanted(Thinking thinking) {
        return switch (thinking.mode()) {
            case OFF -> Effort.NONE;
            case ADAPTIVE -> Effort.find(thinking.effort()).orElse(Effort.MEDIUM);
            case BUDGET ->
                thinking.budget() < LOW_BUDGET
                        ? Effort.LOW
                        : thinking.budget() < MEDIUM_BUDGET ? Effort.MEDIUM : Effort.HIGH;
        };
    }
}
