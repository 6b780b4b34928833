package dev.katra.core.upstream;

import dev.katra.core.text.ExternallyNamed;

/** The API that a provider's endpoint speaks. */
public enum Protocol implements ExternallyNamed {
    /** The Anthropic Messages API. */
    ANTHROPIC,
    /** OpenAI's Responses API. */
    OPENAI_RESPONSES,
    /** OpenAI's Chat Completions API. */
    OPENAI_CHAT;
}
