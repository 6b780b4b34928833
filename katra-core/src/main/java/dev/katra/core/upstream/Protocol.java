package dev.katra.core.upstream;

import java.util.Locale;

/** The API that a provider's endpoint speaks. */
public enum Protocol {
    /** The Anthropic Messages API. */
    ANTHROPIC,
    /** OpenAI's Responses API. */
    OPENAI_RESPONSES,
    /** OpenAI's Chat Completions API. */
    OPENAI_CHAT;

    /** Returns the name used in {@code providers.conf} and in output. */
    public String externalName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
