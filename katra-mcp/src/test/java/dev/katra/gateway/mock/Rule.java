package dev.katra.gateway.mock;

/** Something in which one vendor, or one model, is stricter than or differs from the format's documentation. */
public enum Rule {
    /** Wants {@code max_completion_tokens}, and neither temperature nor top_p nor stop. */
    REASONING_MODEL,
    /** Knows no reasoning effort. */
    NO_REASONING,
    /** Chat: takes tools only with the effort {@code none}. */
    NO_REASONING_WITH_TOOLS,
    /** Chat: gives its reasoning as {@code reasoning_content}, knows {@code thinking}, and wants calls back with it. */
    REASONING_CONTENT,
    /** Responses: takes calls back without the reasoning that led to them. */
    REASONING_MAY_BE_LOST,
    /** Chat: knows no {@code stream_options}. */
    NO_STREAM_OPTIONS,
    /** Knows no {@code parallel_tool_calls}. */
    NO_PARALLEL_FLAG,
    /** Chat: takes one system message, the first. */
    ONE_SYSTEM,
    /** Chat: user and assistant alternate. */
    ALTERNATE,
    /** Chat: signs the first call of an answer, sends calls whole and without an index, and wants the signature back. */
    THOUGHT_SIGNATURE,
    /** Messages: takes no system turns. */
    NO_SYSTEM_TURNS,
    /** Messages: takes no documents, be it in the results of tools. */
    NO_DOCUMENTS,
    /** Messages: does not take the field {@code safeguards}. */
    NO_SAFEGUARDS,
    /** Messages: answers {@code safeguards} itself, and lets every call run. */
    JUDGES_CALLS
}
