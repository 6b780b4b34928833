package dev.katra.launcher.provider;

import static dev.katra.launcher.provider.Catalogs.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProvidersFileTests {

    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "OPENAI_MODEL=gpt-x | gpt-x",
                "export OPENAI_MODEL=gpt-x | gpt-x",
                "  OPENAI_MODEL = gpt-x   | gpt-x",
                "OPENAI_MODEL=gpt-x # the cheap one | gpt-x",
                "OPENAI_MODEL=gpt#x | gpt#x",
                "OPENAI_MODEL=\"gpt x\" # comment | gpt x",
                "OPENAI_MODEL='gpt \"x\" # y' | gpt \"x\" # y",
                "OPENAI_MODEL=\"gpt \\\"x\\\"\" | gpt \"x\"",
                "OPENAI_MODEL=$HOME/${USER}$(id) | $HOME/${USER}$(id)",
                "OPENAI_MODEL=\"$HOME\" | $HOME",
                "OPENAI_MODEL=${katra.default-provider} | ${katra.default-provider}",
                "OPENAI_MODEL=a=b | a=b",
            })
    void readsAValueAsItIsWritten(String line, String value) {
        assertThat(Catalogs.with(home, line + "\n").get("openai").model()).isEqualTo(value);
    }

    @Test
    void toleratesByteOrderMarkWindowsLineEndsAndAMissingLastLineEnd() {
        ProviderCatalog catalog = Catalogs.with(home, "\uFEFF# mine\r\nOPENAI_MODEL=a\r\n\r\nDEEPSEEK_MODEL=b");

        assertThat(catalog.get("openai").model()).isEqualTo("a");
        assertThat(catalog.get("deepseek").model()).isEqualTo("b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPENAI_MODEL", "OPENAI MODEL=x", "= x", "OPENAI_MODEL: x", "export", "[openai]"})
    void refusesALineThatIsNoAssignment(String line) {
        Failure failure = failureOf(() -> Catalogs.with(home, "# one\n\n" + line + "\n"));

        assertThat(failure.code()).isEqualTo(Failure.Code.INVALID);
        assertThat(failure.text()).isEqualTo(file() + ":3: the line is not KEY=value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPENAI_MODEL=\"open", "OPENAI_MODEL='open", "OPENAI_MODEL=\"a\" b"})
    void refusesQuotesThatDoNotClose(String line) {
        assertThat(failureOf(() -> Catalogs.with(home, line)).text()).startsWith(file() + ":1: the quotes of");
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI_ENPOINT, OPENAI_ENDPOINT",
        "openai_model, OPENAI_MODEL",
        "DEFAULT_PROVIDR, DEFAULT_PROVIDER",
        "OPENAI_CONTEXT_TOKEN, OPENAI_CONTEXT_TOKENS",
        "MY_OWN_PROTOCL, MY_OWN_PROTOCOL",
        "OPENAI_QUIRK, OPENAI_QUIRKS",
        "OPENAI_EFORTS, OPENAI_EFFORTS",
        "OPENAI_PRICE, OPENAI_PRICES",
        "DEEPSEEK_ANTHROPIC_ENDPONT, DEEPSEEK_ANTHROPIC_ENDPOINT",
    })
    void suggestsTheKeyThatWasMeant(String mistyped, String meant) {
        Failure failure = failureOf(() -> Catalogs.with(home, mistyped + "=1\n"));

        assertThat(failure.text()).isEqualTo(file() + ":1: the key \"" + mistyped + "\" is unknown");
        assertThat(failure.hint()).contains("did you mean " + meant + "?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TIMEOUT", "_ENDPOINT", "_MODEL", "X_ENV_", "OPENAI_ENV_A-B"})
    void refusesAnUnknownKeyWithoutASuggestion(String key) {
        Failure failure = failureOf(() -> Catalogs.with(home, key + "=1\n"));

        assertThat(failure.text()).isEqualTo(file() + ":1: the key \"" + key + "\" is unknown");
        assertThat(failure.hint()).hasValueSatisfying(hint -> assertThat(hint)
                .startsWith("a key is a provider's id and one of _ENDPOINT, ")
                .endsWith(", _ENV_<NAME>"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OPENAI_API_KEY",
                "FOO_API_KEY",
                "openai_api_key",
                "OPENAI_AUTH_TOKEN",
                "OPENAI_SECRET_KEY",
                "OPENAI_ENV_ANTHROPIC_AUTH_TOKEN",
                "OPENAI_ENV_ANTHROPIC_API_KEY",
                "OLLAMA_ENV_OTHER_API_KEY"
            })
    void refusesASecretAndNeverRepeatsIt(String key) {
        Failure failure = failureOf(() -> Catalogs.with(home, "# mine\n" + key + "=sk-very-secret\n"));

        assertThat(failure.code()).isEqualTo(Failure.Code.INVALID);
        assertThat(failure.text())
                .startsWith(file() + ":2: " + key + " is a secret")
                .doesNotContain("sk-very");
        assertThat(failure.hint())
                .hasValueSatisfying(
                        hint -> assertThat(hint).contains("=your-key-here").doesNotContain("sk-very"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OPENAI_ENDPOINT=sk-secret",
                "OPENAI_ENDPOINT=ftp://sk-secret",
                "OPENAI_ENDPOINT=https://user:sk-secret@host/v1",
                "OPENAI_ENDPOINT=https://host/v1?key=sk-secret",
                "OPENAI_ENDPOINT=https:///sk-secret",
                "OPENAI_ENDPOINT=$sk-secret",
                "OPENAI_ANTHROPIC_ENDPOINT=http://sk-secret host",
                "OPENAI_ANTHROPIC_ENDPOINT=katra:sk-secret",
                "OPENAI_ANTHROPIC_ENDPOINT=katra://host/sk-secret",
                "OPENAI_PROTOCOL=sk-secret",
                "OPENAI_ROUTE=sk-secret",
                "OPENAI_AUTH=sk-secret",
                "OPENAI_API_KEY_VAR=sk-secret",
                "OPENAI_CONTEXT_TOKENS=sk-secret",
                "OPENAI_MAX_OUTPUT_TOKENS=0",
                "OPENAI_QUIRKS=files,sk-secret",
                "OPENAI_QUIRKS=max-tools=sk-secret",
                "OPENAI_EFFORTS=low;sk-secret",
                "OPENAI_PRICES=sk-secret",
                "OPENAI_PRICES=gpt-x=1",
                "OPENAI_PRICES_DATE=sk-secret",
                "OPENAI_PRICES_DATE=30.11.2026",
                "OPENAI_PRICES_DATE=2026-02-30",
                "OPENAI_PRICES_DATE=0026-11-30",
                "OPENAI_PRICES_SOURCE=sk-secret",
                "OPENAI_PRICES_SOURCE=file:///sk-secret",
                "OPENAI_PRICES_SOURCE=https://user:sk-secret@host/prices",
            })
    void refusesAValueOfTheWrongFormAndNeverRepeatsIt(String line) {
        Failure failure = failureOf(() -> Catalogs.with(home, line + "\n"));

        assertThat(failure.code()).isEqualTo(Failure.Code.INVALID);
        assertThat(failure.text())
                .startsWith(file() + ":1: " + line.substring(0, line.indexOf('=')) + " is not ")
                .doesNotContain("sk-secret");
    }

    @Test
    void namesTheWordsASettingMayHave() {
        assertThat(failureOf(() -> Catalogs.with(home, "OPENAI_ROUTE=fast")).text())
                .endsWith("OPENAI_ROUTE is not one of auto, direct, gateway, verbatim");
        assertThat(failureOf(() -> Catalogs.with(home, "OPENAI_PROTOCOL=OPENAI_CHAT"))
                        .text())
                .endsWith("OPENAI_PROTOCOL is not one of anthropic, openai-responses, openai-chat");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OPENAI_QUIRKS=files, single-sistem | did you mean single-system? one of: | max-description=N",
                "OPENAI_QUIRKS=quirky | one of: single-system, | web-search",
                "OPENAI_QUIRKS=max-tools=all | write max-tools=128 | 0 for none",
                "OPENAI_EFFORTS=low,medum | did you mean medium? one of: none | xhigh, max",
                "OPENAI_PRICES=1,25/10 | a price is written input/output | gpt-6.1-sol=1.25/10/0.125",
            })
    void saysWhatAListMayHold(String line, String begin, String within) {
        Failure failure = failureOf(() -> Catalogs.with(home, "\n" + line + "\n"));

        assertThat(failure.text())
                .startsWith(file() + ":2: " + line.substring(0, line.indexOf('=')) + " is not a list");
        assertThat(failure.hint())
                .hasValueSatisfying(hint -> assertThat(hint).startsWith(begin).contains(within));
        assertThat(failure.hint().orElseThrow()).doesNotContain("sistem").doesNotContain("quirky");
    }

    @Test
    void readsTheListsOfATranslation() {
        Provider openai = Catalogs.with(home, """
                        OPENAI_QUIRKS="files, max-tools=64"
                        OPENAI_EFFORTS=none,low
                        OPENAI_PRICES=gpt-6.1-sol=1.25/10/0.125, 0.5/4  # as of today
                        """).get("openai");

        assertThat(openai.quirks()).isEqualTo("files, max-tools=64");
        assertThat(openai.efforts()).isEqualTo("none,low");
        assertThat(openai.prices()).isEqualTo("gpt-6.1-sol=1.25/10/0.125, 0.5/4");
        assertThat(Catalogs.with(home, "OPENAI_QUIRKS=\n").get("openai").quirks())
                .isEmpty();
    }

    @Test
    void readsWhenPricesWereReadAndWhere() {
        Provider openai = Catalogs.with(home, """
                        OPENAI_PRICES=1/2
                        OPENAI_PRICES_DATE=2026-11-30
                        OPENAI_PRICES_SOURCE=https://prices.example/api?plan=paid#tokens
                        """).get("openai");

        assertThat(openai.pricesDay()).contains(LocalDate.of(2026, 11, 30));
        assertThat(openai.pricesSource()).isEqualTo("https://prices.example/api?plan=paid#tokens");
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPENAI_PRICES_DATE=2026-11-30", "OPENAI_PRICES_SOURCE=https://prices.example"})
    void refusesADateOrASourceOfNoPrices(String line) {
        Failure failure = failureOf(() -> Catalogs.with(home, line + "\n"));

        assertThat(failure.text())
                .isEqualTo(file() + ":1: " + line.substring(0, line.indexOf('=')) + " is given, but no prices are");
        assertThat(failure.hint()).contains("add OPENAI_PRICES=input/output, or take the line out");
    }

    @Test
    void refusesAKeyThatIsSetTwice() {
        assertThat(failureOf(() -> Catalogs.with(home, "OPENAI_MODEL=a\n\nOPENAI_MODEL=b\n"))
                        .text())
                .isEqualTo(file() + ":3: OPENAI_MODEL is set already, at " + file() + ":1");
    }

    @Test
    void refusesAnEntryWithoutAnEndpointAndSuggestsTheOneThatWasMeant() {
        Failure failure = failureOf(() -> Catalogs.with(home, "OPENIA_MODEL=gpt-x\n"));

        assertThat(failure.text())
                .isEqualTo(file() + ":1: there is no provider \"openia\", and no endpoint is given for it");
        assertThat(failure.hint()).contains("did you mean OPENAI_MODEL?");
    }

    @Test
    void refusesAnUnknownDefaultProvider() {
        Failure failure = failureOf(() -> Catalogs.with(home, "DEFAULT_PROVIDER=deepsek\n"));

        assertThat(failure.code()).isEqualTo(Failure.Code.INVALID);
        assertThat(failure.text()).isEqualTo(file() + ":1: no provider is called \"deepsek\"");
        assertThat(failure.hint()).hasValueSatisfying(hint -> assertThat(hint).startsWith("did you mean deepseek?"));
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI_ENV_KATRA_SESSION_TOKEN, is set by Katra alone",
        "OPENAI_ENV_CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST, is set by Katra alone",
        "OPENAI_ENV_ANTHROPIC_BASE_URL, the base URL follows from the endpoint",
    })
    void refusesAVariableThatIsNotTheProviders(String key, String why) {
        assertThat(failureOf(() -> Catalogs.with(home, key + "=x\n")).text())
                .startsWith(file() + ":1: ")
                .contains(why);
    }

    @Test
    void refusesLiteralAuthWithoutACredential() {
        assertThat(failureOf(() -> Catalogs.with(home, "# x\nOPENAI_AUTH=literal\n"))
                        .text())
                .isEqualTo(file() + ":2: OPENAI_AUTH is literal, but no credential is given");
    }

    @Test
    void refusesAFileThatIsNotText() throws IOException {
        KatraHome katra = new KatraHome(home);
        Files.write(katra.providers(), new byte[] {'A', (byte) 0xff, '\n'});

        assertThat(failureOf(() -> ProviderLoader.load(katra, Map.of())).text())
                .isEqualTo(file() + " is not UTF-8 text");
    }

    @Test
    void saysThatAFileCannotBeRead() throws IOException {
        KatraHome katra = new KatraHome(home);
        Files.createDirectory(katra.providers());

        assertThat(failureOf(() -> ProviderLoader.load(katra, Map.of())).code()).isEqualTo(Failure.Code.UNAVAILABLE);
    }

    private Path file() {
        return new KatraHome(home).providers();
    }
}
