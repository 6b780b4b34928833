package dev.katra.launcher.provider;

import dev.katra.core.text.ExternallyNamed;

/** Lists everything that a provider's entry may say: {@code <ID>} and the suffix make the key. */
public enum Setting {
    /** The API root, as the vendor's documentation writes it. */
    ENDPOINT(ValueFormat.URL),
    /** The endpoint of the vendor's Anthropic Messages API. */
    ANTHROPIC_ENDPOINT(ValueFormat.URL),
    /** The protocol of the endpoint. */
    PROTOCOL(ValueFormat.PROTOCOL),
    /** The route of sessions that ask for none. */
    ROUTE(ValueFormat.ROUTE),
    /** The environment variable that holds the key. */
    API_KEY_VAR(ValueFormat.VARIABLE),
    /** The way in which the key is sent. */
    AUTH(ValueFormat.AUTH),
    /** The model of sessions that ask for none. */
    MODEL(ValueFormat.TEXT),
    /** The model behind the alias opus. */
    OPUS_MODEL(ValueFormat.TEXT),
    /** The model behind the alias sonnet. */
    SONNET_MODEL(ValueFormat.TEXT),
    /** The model behind the alias haiku. */
    HAIKU_MODEL(ValueFormat.TEXT),
    /** The model of sub-agents. */
    SUBAGENT_MODEL(ValueFormat.TEXT),
    /** The model's context window, in tokens. */
    CONTEXT_TOKENS(ValueFormat.COUNT),
    /** The maximum length of an answer, in tokens. */
    MAX_OUTPUT_TOKENS(ValueFormat.COUNT),
    /** The differences of the endpoint from the plain OpenAI format. */
    QUIRKS(ValueFormat.QUIRKS),
    /** The reasoning efforts that the model accepts. */
    EFFORTS(ValueFormat.EFFORTS),
    /** The judge of tool calls in auto mode. */
    JUDGE(ValueFormat.JUDGE),
    /** The prices of tokens. */
    PRICES(ValueFormat.PRICES),
    /** The day on which the prices were read. */
    PRICES_DATE(ValueFormat.DATE),
    /** The page on which the prices stand. */
    PRICES_SOURCE(ValueFormat.PAGE),
    /** The providers that answer when this one does not. */
    FALLBACK(ValueFormat.FALLBACK),
    /** A further environment variable; its name follows the suffix. */
    ENV(ValueFormat.TEXT);

    private final ValueFormat format;

    Setting(ValueFormat format) {
        this.format = format;
    }

    /** Returns the suffix of keys of this setting. */
    public String suffix() {
        return this == ENV ? "_ENV_" : "_" + name();
    }

    ValueFormat format() {
        return format;
    }

    /** Returns the name of the setting among the bound properties. */
    String property() {
        return ExternallyNamed.of(this);
    }
}
