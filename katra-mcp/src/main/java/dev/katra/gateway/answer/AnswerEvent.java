package dev.katra.gateway.answer;

import dev.katra.core.upstream.Quirk;
import dev.katra.gateway.failure.GatewayError;
import org.jspecify.annotations.Nullable;

/** An AnswerEvent is one step of an answer. Tool calls may overlap: the events of one call have the same key. */
public sealed interface AnswerEvent {

    /** The endpoint began to answer. */
    record Started() implements AnswerEvent {}

    /** TextDelta adds text to the answer. */
    record TextDelta(String text) implements AnswerEvent {}

    /** ThinkingDelta adds thinking to the answer. */
    record ThinkingDelta(String text) implements AnswerEvent {}

    /**
     * ThinkingSigned completes the thinking so far. Without a ThinkingDelta before it, it stands for hidden thinking.
     */
    record ThinkingSigned(String signature) implements AnswerEvent {}

    /** ToolStarted begins a call, under the id and the tool name that the client knows. */
    record ToolStarted(int key, String id, String name) implements AnswerEvent {}

    /** ToolArguments adds to the arguments of a call. */
    record ToolArguments(int key, String json) implements AnswerEvent {}

    /** ToolEnded completes a call. */
    record ToolEnded(int key) implements AnswerEvent {}

    /**
     * Finished completes the answer.
     *
     * @param stopSequence the client's stop sequence that ended the answer; null if none did or the endpoint does not say which
     */
    record Finished(
            StopReason reason, TokenUsage usage, @Nullable String stopSequence) implements AnswerEvent {

        /** Creates the end of an answer that no stop sequence ended. */
        public Finished(StopReason reason, TokenUsage usage) {
            this(reason, usage, null);
        }
    }

    /** Noticed tells of a quirk of the endpoint that the answer shows. It is not part of the answer. */
    record QuirkFound(Quirk quirk) implements AnswerEvent {}

    /** Failed ends an answer that broke off. */
    record Failed(GatewayError error) implements AnswerEvent {}
}
