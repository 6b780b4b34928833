package dev.katra.gateway.mock;

/** A format in which models are asked. */
public enum Api {
    /** OpenAI's Chat Completions. */
    CHAT,
    /** OpenAI's Responses. */
    RESPONSES,
    /** Anthropic's Messages. */
    MESSAGES
}
