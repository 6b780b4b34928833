package dev.katra.mcp.tool;

/**
 * One MCP tool: a record in, a record out. The server finds every bean of this type; the input's and the output's
 * schema are derived from the two records.
 *
 * @param <I> the arguments; a {@code @Nullable} component may be left out, and the constructor checks the values
 * @param <O> the answer
 */
public interface Tool<I extends Record, O extends Record & Answer> {

    /** How the tool presents itself to a model. */
    Definition<I, O> definition();

    /**
     * Does it. Safe to repeat with the same tool use id, because clients resend.
     *
     * @throws dev.katra.core.failure.Failure for whatever the model can repair
     */
    O call(I arguments, ToolCall call);

    /** Whether an answer may be a long one that its model is to see whole. */
    default boolean answersAtLength() {
        return false;
    }

    /**
     * A tool as a model sees it.
     *
     * @param description every session pays for its length
     * @param readOnly whether calling it changes nothing
     */
    record Definition<I, O>(String name, String description, Class<I> input, Class<O> output, boolean readOnly) {}
}
