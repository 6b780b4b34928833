package dev.katra.mcp.gateway.codec;

import dev.katra.core.upstream.Quirk;
import dev.katra.mcp.gateway.answer.AnswerEvent;
import dev.katra.mcp.gateway.answer.StopReason;
import dev.katra.mcp.gateway.answer.Usage;
import dev.katra.mcp.gateway.request.MessagesRequest;
import dev.katra.mcp.gateway.request.ToolSpec;
import dev.katra.mcp.gateway.upstream.Target;
import java.util.List;
import java.util.Optional;

/** Answers that need no endpoint. */
public final class LocalAnswers {

    private LocalAnswers() {}

    /** The answer to a request that only wants the vendor to search the web, if the target cannot do that. */
    public static Optional<List<AnswerEvent>> of(MessagesRequest request, Target target) {
        boolean onlySearch =
                !request.tools().isEmpty() && request.tools().stream().allMatch(ToolSpec::searchesWeb);
        if (!onlySearch || target.quirks().has(Quirk.WEB_SEARCH)) {
            return Optional.empty();
        }
        String text = "Web search is not available with the provider %s."
                .formatted(target.provider().id());
        return Optional.of(List.of(
                new AnswerEvent.Started(""),
                new AnswerEvent.TextDelta(text),
                new AnswerEvent.Finished(StopReason.END_TURN, Usage.NONE)));
    }

    /** An answer of which nothing fitted into the few tokens that the client granted. */
    public static List<AnswerEvent> outputLimit() {
        return List.of(new AnswerEvent.Started(""), new AnswerEvent.Finished(StopReason.MAX_TOKENS, Usage.NONE));
    }
}
