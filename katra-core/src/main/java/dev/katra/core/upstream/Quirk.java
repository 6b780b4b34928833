package dev.katra.core.upstream;

import dev.katra.core.text.ExternallyNamed;
import java.util.Arrays;
import java.util.Optional;

/** One way in which an endpoint differs from the plain OpenAI format; a provider's settings name it. */
public enum Quirk implements ExternallyNamed {
    /** Takes one system message, the first; later ones become user turns. */
    SINGLE_SYSTEM,
    /** Wants user and assistant turns to alternate. */
    ALTERNATE,
    /** Calls the system role {@code developer}. */
    DEVELOPER_ROLE,
    /** Wants {@code max_completion_tokens} where others want {@code max_tokens}. */
    MAX_COMPLETION_TOKENS,
    /** Refuses temperature, top_p and stop. */
    NO_SAMPLING,
    /** Wants the reasoning of earlier turns back as {@code reasoning_content}. */
    REASONING_CONTENT,
    /** Begins its answers with thinking that only {@code </think>} ends, and nothing opens. */
    UNOPENED_THINKING,
    /** Switches thinking by a field {@code thinking}. */
    THINKING_FIELD,
    /** Refuses to reason in requests that offer tools. */
    NO_REASONING_WITH_TOOLS,
    /** Cannot read the encrypted reasoning items of earlier turns. */
    NO_REASONING_REPLAY,
    /** Wants the first call of an answer back with a signature, even if another model made the call. */
    THOUGHT_SIGNATURE,
    /** Takes a small part of JSON Schema only. */
    GEMINI_SCHEMA,
    /** Refuses {@code parallel_tool_calls}. */
    NO_PARALLEL_FLAG,
    /** Refuses {@code stream_options}. */
    NO_STREAM_USAGE,
    /** Sees no images. */
    NO_IMAGES,
    /** Reads files such as PDF documents. */
    FILES,
    /** Takes only text as the output of a tool. */
    TEXT_TOOL_RESULTS,
    /** Searches the web by a built-in tool. */
    WEB_SEARCH,
    /** Writes tool arguments that need repair before a client sees them. */
    BUFFERED_TOOLS,
    /** Takes no system turns between the messages; for the Anthropic format. */
    NO_SYSTEM_TURNS,
    /** Takes no documents; for the Anthropic format. */
    NO_DOCUMENTS,
    /** Does not take the field by which the client asks for auto mode's check; for the Anthropic format. */
    NO_SAFEGUARDS;

    /** Returns the quirk with this name in a provider's settings. */
    public static Optional<Quirk> find(String name) {
        return Arrays.stream(values())
                .filter(quirk -> quirk.externalName().equalsIgnoreCase(name.strip()))
                .findFirst();
    }
}
