package dev.katra.mcp.memory;

import dev.katra.core.memory.RecallResult;
import dev.katra.gateway.request.TokenEstimate;
import java.time.Instant;

/** Estimates how far a model has to read in the text of katra_recall, which shows memories as that tool does. */
public final class AnswerTokens {

    private AnswerTokens() {}

    /** Returns the estimated number of tokens up to the end of the memory in this place, 1 being the first. */
    public static double upTo(RecallResult result, int place, Instant now) {
        StringBuilder text = new StringBuilder();
        for (int each = 1; each <= place; each++) {
            text.append(MemoryOutput.found(result.found().get(each - 1), each, now).lines()).append('\n');
        }
        return TokenEstimate.of(text.toString());
    }
}
