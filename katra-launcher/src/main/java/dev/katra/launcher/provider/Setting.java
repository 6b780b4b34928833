package dev.katra.launcher.provider;

import java.util.Locale;

/** The one list of what a provider's entry may say: {@code <ID>} and the suffix make the key. */
public enum Setting {
    /** The API root, as the vendor's documentation writes it. */
    ENDPOINT(Form.URL),
    /** Where the vendor serves the Anthropic Messages API. */
    ANTHROPIC_ENDPOINT(Form.URL),
    /** What the endpoint speaks. */
    PROTOCOL(Form.PROTOCOL),
    /** How a session reaches it. */
    ROUTE(Form.ROUTE),
    /** The environment variable that holds the key. */
    API_KEY_VAR(Form.VARIABLE),
    /** How the key travels. */
    AUTH(Form.AUTH),
    /** The model. */
    MODEL(Form.TEXT),
    /** The model behind the alias opus. */
    OPUS_MODEL(Form.TEXT),
    /** The model behind the alias sonnet. */
    SONNET_MODEL(Form.TEXT),
    /** The model behind the alias haiku. */
    HAIKU_MODEL(Form.TEXT),
    /** The model of sub-agents. */
    SUBAGENT_MODEL(Form.TEXT),
    /** The model's context window. */
    CONTEXT_TOKENS(Form.COUNT),
    /** The most a model may answer. */
    MAX_OUTPUT_TOKENS(Form.COUNT),
    /** How the endpoint differs from the plain OpenAI format. */
    QUIRKS(Form.QUIRKS),
    /** The reasoning efforts that the model accepts. */
    EFFORTS(Form.EFFORTS),
    /** What tokens cost. */
    PRICES(Form.PRICES),
    /** Any further variable; its name follows the suffix. */
    ENV(Form.TEXT);

    private final Form form;

    Setting(Form form) {
        this.form = form;
    }

    /** What a key of this setting ends with. */
    public String suffix() {
        return this == ENV ? "_ENV_" : "_" + name();
    }

    Form form() {
        return form;
    }

    /** Its name among the bound properties. */
    String property() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
