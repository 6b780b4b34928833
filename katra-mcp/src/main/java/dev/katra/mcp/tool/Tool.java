package dev.katra.mcp.tool;

/**
 * Represents one MCP tool: a record in, a record out. The server finds every bean of this type; the input's and the
 * output's schema are derived from the two records.
 *
 * @param <I> the arguments; a {@code @Nullable} component may be left out, and the constructor checks the values
 * @param <O> the answer
 */
public interface Tool<I extends Record, O extends Record & ToolAnswer> {

    /** Returns the tool's definition, as a model sees it. */
    Definition<I, O> definition();

    /**
     * Carries out one call. It must be safe to repeat with the same tool use id, because clients resend.
     *
     * @throws dev.katra.core.failure.Failure for whatever the model can repair
     */
    O call(I arguments, ToolCall call);

    /** Returns whether an answer may be a long one that its model must see whole. */
    default boolean mayAnswerAtLength() {
        return false;
    }

    /**
     * Describes a tool to a model.
     *
     * @param description what the tool does; every session pays for its length
     * @param readOnly whether calling it changes nothing of anybody's work, because it only reads or talks; Claude Code
     *     then runs it in plan mode without asking, and beside other such calls
     */
    record Definition<I, O>(String name, String description, Class<I> input, Class<O> output, boolean readOnly) {}
}
