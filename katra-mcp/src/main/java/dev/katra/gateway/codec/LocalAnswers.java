package dev.katra.gateway.codec;

import dev.katra.core.upstream.Quirk;
import dev.katra.gateway.answer.AnswerEvent;
import dev.katra.gateway.answer.StopReason;
import dev.katra.gateway.answer.TokenUsage;
import dev.katra.gateway.request.MessagesRequest;
import dev.katra.gateway.request.ToolSpec;
import dev.katra.gateway.upstream.Target;
import java.util.List;
import java.util.Optional;

/** Creates the answers that need no endpoint. */
public final class LocalAnswers {

    private LocalAnswers() {}

    /**
     * Returns the answer to a request that only wants the vendor to search the web, if the target cannot do that;
     * otherwise empty.
     */
    public static Optional<List<AnswerEvent>> of(MessagesRequest request, Target target) {
        boolean onlySearch =
                !request.tools().isEmpty() && request.tools().stream().allMatch(ToolSpec::searchesWeb);
        if (!onlySearch || target.quirks().has(Quirk.WEB_SEARCH)) {
            return Optional.empty();
        }
        String text = "Web search is not available with the provider %s."
                .formatted(target.provider().id());
        return Optional.of(List.of(
                new AnswerEvent.Started(),
                new AnswerEvent.TextDelta(text),
                new AnswerEvent.Finished(StopReason.END_TURN, TokenUsage.NONE)));
    }

    /** Returns an answer of which nothing fitted into the few tokens that the client granted. */
    public static List<AnswerEvent> outputLimit() {
        return List.of(new AnswerEvent.Started(), new AnswerEvent.Finished(StopReason.MAX_TOKENS, TokenUsage.NONE));
    }
}
