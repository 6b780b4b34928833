package dev.katra.mcp.gateway.answer;

import dev.katra.mcp.gateway.failure.GatewayError;

/** One step of an answer. Tool calls may overlap: what belongs together has the same key. */
public sealed interface AnswerEvent {

    /** The endpoint began to answer; its id for the answer may be empty. */
    record Started(String id) implements AnswerEvent {}

    /** More text. */
    record TextDelta(String text) implements AnswerEvent {}

    /** More thinking. */
    record ThinkingDelta(String text) implements AnswerEvent {}

    /** The thinking so far is complete; on its own, thinking that stays hidden. */
    record ThinkingSigned(String signature) implements AnswerEvent {}

    /** A call begins, under the names that the client knows. */
    record ToolStarted(int key, String id, String name) implements AnswerEvent {}

    /** More of a call's arguments. */
    record ToolArguments(int key, String json) implements AnswerEvent {}

    /** A call is complete. */
    record ToolEnded(int key) implements AnswerEvent {}

    /** The answer is complete. */
    record Finished(StopReason reason, Usage usage) implements AnswerEvent {}

    /** The answer broke off. */
    record Failed(GatewayError error) implements AnswerEvent {}
}
