package dev.katra.launcher.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingKeyTests {

    @ParameterizedTest
    @CsvSource({
        "DEFAULT_PROVIDER, , ,",
        "ANTHROPIC_ENDPOINT, anthropic, ENDPOINT,",
        "FOO_ANTHROPIC_ENDPOINT, foo, ANTHROPIC_ENDPOINT,",
        "ANTHROPIC_ANTHROPIC_ENDPOINT, anthropic, ANTHROPIC_ENDPOINT,",
        "MY_OWN_MODEL, my-own, MODEL,",
        "MY_OPUS_MODEL, my, OPUS_MODEL,",
        "X_MAX_OUTPUT_TOKENS, x, MAX_OUTPUT_TOKENS,",
        "X_API_KEY_VAR, x, API_KEY_VAR,",
        "X_ENV_ANTHROPIC_MODEL, x, ENV, ANTHROPIC_MODEL",
        "X_ENV_ANTHROPIC_ENDPOINT, x, ENV, ANTHROPIC_ENDPOINT",
        "X_ENV_Y_ENV_Z, x, ENV, Y_ENV_Z",
        "X_ENV_no_proxy, x, ENV, no_proxy",
        "1ST_MODEL, 1st, MODEL,",
        "X_QUIRKS, x, QUIRKS,",
        "X_PRICES_DATE, x, PRICES_DATE,",
        "X_PRICES_SOURCE, x, PRICES_SOURCE,",
        "ANTHROPIC_MODEL_PRICES, anthropic-model, PRICES,",
        "X_ENV_OPENAI_EFFORTS, x, ENV, OPENAI_EFFORTS",
    })
    void theLongestSuffixWins(String name, String provider, Setting setting, String variable) {
        assertThat(SettingKey.find(name)).contains(new SettingKey(name, provider, setting, variable));
    }

    @ParameterizedTest
    @CsvSource({"PASS_ENV", "DROP_ENV", "HOME", "PROVIDER", "SESSION_TOKEN", "SERVER", "CLAUDE", "PORT", "JAVA_HOME"})
    void katrasOwnVariablesAreNoKeys(String name) {
        assertThat(SettingKey.find(name)).isEmpty();
    }
}
