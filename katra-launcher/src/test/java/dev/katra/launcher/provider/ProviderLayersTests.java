package dev.katra.launcher.provider;

import static dev.katra.launcher.provider.Catalogs.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.failure.Failure;
import dev.katra.core.upstream.Protocol;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProviderLayersTests {

    @TempDir
    Path home;

    @Test
    void aVariableLiesOverTheUsersFileAndThatOverTheShippedOne() {
        ProviderCatalog catalog = Catalogs.with(
                home,
                "OPENAI_MODEL=from-file\nDEEPSEEK_MODEL=from-file\nDEFAULT_PROVIDER=deepseek\n",
                Map.of("KATRA_OPENAI_MODEL", "from-variable", "KATRA_DEFAULT_PROVIDER", "openai"));

        assertThat(catalog.get("openai").model()).isEqualTo("from-variable");
        assertThat(catalog.get("deepseek").model()).isEqualTo("from-file");
        assertThat(catalog.get("zai").model()).isEqualTo("glm-5.3[1m]");
        assertThat(catalog.defaultId()).isEqualTo("openai");
    }

    @Test
    void everyValueKnowsItsSource() {
        ProviderCatalog catalog = Catalogs.with(
                home, "\nDEEPSEEK_MODEL=from-file\nOPENAI_ENV_FOO=bar\n", Map.of("KATRA_OPENAI_MODEL", "m"));

        assertThat(catalog.source("openai", Setting.MODEL)).contains(Source.variable("KATRA_OPENAI_MODEL"));
        assertThat(catalog.source("deepseek", Setting.MODEL))
                .contains(new Source(Source.Kind.FILE, home.resolve("providers.conf") + ":2"));
        assertThat(catalog.variableSource("openai", "FOO"))
                .contains(new Source(Source.Kind.FILE, home.resolve("providers.conf") + ":3"));
        assertThat(catalog.source("openai", Setting.ENDPOINT))
                .hasValueSatisfying(source -> assertThat(source.kind()).isEqualTo(Source.Kind.SHIPPED));
        assertThat(catalog.source("openai", Setting.PRICES)).isEmpty();
    }

    @Test
    void aCallersVariablesAreSeenByThatCallerOnly() {
        Catalogs.with(home, "", Map.of("KATRA_OPENAI_MODEL", "theirs"));

        assertThat(Catalogs.with(home, "").get("openai").model()).isEqualTo("gpt-6.1-sol");
    }

    @Test
    void variablesThatAreNoSettingsAreIgnored() {
        ProviderCatalog catalog = Catalogs.with(
                home,
                "",
                Map.of(
                        "KATRA_HOME", "/x",
                        "KATRA_PROVIDER", "openai",
                        "KATRA_SESSION_TOKEN", "t",
                        "KATRA_PASS_ENV", "A,B",
                        "KATRA_OPENAI_API_KEY", "sk",
                        "KATRA_OPENAI_MODEL", "",
                        "OPENAI_MODEL", "not-ours"));

        assertThat(catalog.defaultId()).isEqualTo("anthropic");
        assertThat(catalog.get("openai").model()).isEqualTo("gpt-6.1-sol");
    }

    @Test
    void aVariableOfTheWrongFormIsRefusedByItsName() {
        Failure failure = failureOf(() -> Catalogs.with(home, "", Map.of("KATRA_OPENAI_ENDPOINT", "sk-secret")));

        assertThat(failure.code()).isEqualTo(Failure.Code.INVALID);
        assertThat(failure.text()).startsWith("KATRA_OPENAI_ENDPOINT: ").doesNotContain("sk-secret");
    }

    @Test
    void aVariableForAnUnknownProviderIsRefusedByItsName() {
        Failure failure = failureOf(() -> Catalogs.with(home, "", Map.of("KATRA_OPNAI_MODEL", "m")));

        assertThat(failure.text()).startsWith("KATRA_OPNAI_MODEL: there is no provider \"opnai\"");
        assertThat(failure.hint()).contains("did you mean KATRA_OPENAI_MODEL?");
    }

    @Test
    void anEmptyValueTakesBackWhatALowerLayerSays() {
        assertThat(Catalogs.with(home, "OPENAI_MODEL=\n").get("openai").model()).isNull();
    }

    @Test
    void aNewProviderIsAFewLinesOfData() {
        Provider mine = Catalogs.with(home, """
                        MY_OWN_ANTHROPIC_ENDPOINT=http://10.0.0.7:8080
                        MY_OWN_API_KEY_VAR=COMPANY_KEY
                        MY_OWN_MODEL=house/model
                        MY_OWN_CONTEXT_TOKENS=32000
                        MY_OWN_ENV_Some_Name=a b
                        """).get("my-own");

        assertThat(mine.id()).isEqualTo("my-own");
        assertThat(mine.anthropicEndpoint()).isEqualTo("http://10.0.0.7:8080");
        assertThat(mine.apiKeyVar()).isEqualTo("COMPANY_KEY");
        assertThat(mine.contextTokens()).isEqualTo(32000);
        assertThat(mine.env()).containsExactly(Map.entry("Some_Name", "a b"));
        assertThat(mine.protocol()).isEqualTo(Protocol.ANTHROPIC);
        assertThat(mine.auth()).isEqualTo(Auth.BEARER);
        assertThat(mine.routeFor(null)).isEqualTo(Route.GATEWAY);
    }

    @Test
    void theKeyVariableFollowsFromTheId() {
        assertThat(Catalogs.with(home, "MY_OWN_ENDPOINT=http://localhost:1\n")
                        .get("my-own")
                        .apiKeyVar())
                .isEqualTo("MY_OWN_API_KEY");
    }

    @Test
    void theGuidesSampleFileChangesNoRoute() throws IOException {
        ProviderCatalog catalog = Catalogs.with(home, guidesFile());

        assertThat(catalog.defaultId()).isEqualTo("anthropic");
        for (Provider shipped : Catalogs.shipped(home.resolve("none")).all()) {
            Provider provider = catalog.get(shipped.id());
            assertThat(provider.endpoint()).as(shipped.id()).isEqualTo(shipped.endpoint());
            assertThat(provider.anthropicEndpoint()).as(shipped.id()).isEqualTo(shipped.anthropicEndpoint());
            assertThat(provider.routeFor(null)).as(shipped.id()).isEqualTo(shipped.routeFor(null));
        }
        assertThat(catalog.get("anthropic").model()).isEqualTo("claude-sonnet-4");
        assertThat(catalog.get("openai").model()).isEqualTo("gpt-4-turbo");
        assertThat(catalog.get("deepseek").model()).isEqualTo("deepseek-coder");
    }

    @Test
    void anotherEndpointDropsTheShippedAnthropicOne() {
        Provider deepseek = Catalogs.with(home, "DEEPSEEK_ENDPOINT=http://localhost:9999/v1\n")
                .get("deepseek");

        assertThat(deepseek.anthropicEndpoint()).isNull();
        assertThat(deepseek.routeFor(null)).isEqualTo(Route.GATEWAY);
    }

    @Test
    void theSameEndpointWithASlashDropsNothing() {
        assertThat(Catalogs.with(home, "DEEPSEEK_ENDPOINT=https://api.deepseek.com/\n")
                        .get("deepseek")
                        .anthropicEndpoint())
                .isEqualTo("https://api.deepseek.com/anthropic");
    }

    @Test
    void anotherEndpointKeepsAnAnthropicOneOfTheSameOrAHigherLayer() {
        String endpoint = "DEEPSEEK_ENDPOINT=http://localhost:9999/v1\n";
        String anthropic = "http://localhost:9999/anthropic";

        assertThat(Catalogs.with(home, endpoint + "DEEPSEEK_ANTHROPIC_ENDPOINT=" + anthropic)
                        .get("deepseek")
                        .anthropicEndpoint())
                .isEqualTo(anthropic);
        assertThat(Catalogs.with(home, endpoint, Map.of("KATRA_DEEPSEEK_ANTHROPIC_ENDPOINT", anthropic))
                        .get("deepseek")
                        .anthropicEndpoint())
                .isEqualTo(anthropic);
        assertThat(Catalogs.with(
                                home,
                                "DEEPSEEK_ANTHROPIC_ENDPOINT=" + anthropic,
                                Map.of("KATRA_DEEPSEEK_ENDPOINT", "http://localhost:1/v1"))
                        .get("deepseek")
                        .anthropicEndpoint())
                .isNull();
    }

    @Test
    void otherPricesDropTheDateAndTheSourceOfTheEarlierOnes() {
        String file = "OPENAI_PRICES=1/2\nOPENAI_PRICES_DATE=2026-11-30\nOPENAI_PRICES_SOURCE=https://prices.example\n";

        Provider changed =
                Catalogs.with(home, file, Map.of("KATRA_OPENAI_PRICES", "3/4")).get("openai");
        assertThat(changed.prices()).isEqualTo("3/4");
        assertThat(changed.pricesDay()).isEmpty();
        assertThat(changed.pricesSource()).isNull();

        Provider dated = Catalogs.with(home, file, Map.of("KATRA_OPENAI_PRICES_DATE", "2026-12-01"))
                .get("openai");
        assertThat(dated.pricesDate()).isEqualTo("2026-12-01");
        assertThat(dated.pricesSource()).isEqualTo("https://prices.example");
    }

    @Test
    void theModelsOfAnEntryAreNamedOnceAndAsRequestsHaveThem() {
        Provider zai = Catalogs.with(home, "ZAI_JUDGE=model glm-judge\nZAI_SUBAGENT_MODEL=glm-5.3\n")
                .get("zai");

        assertThat(zai.models()).containsExactly("glm-5.3", "glm-5.3-flash", "glm-judge");
        assertThat(Catalogs.with(home, "").get("vllm").models()).isEmpty();
    }

    @Test
    void anUnknownProviderIsNotFoundWithASuggestionAndTheList() {
        ProviderCatalog catalog = Catalogs.shipped(home);

        Failure failure = failureOf(() -> catalog.get("opnai"));

        assertThat(failure.code()).isEqualTo(Failure.Code.NOT_FOUND);
        assertThat(failure.text()).isEqualTo("no provider is called \"opnai\"");
        assertThat(failure.hint()).hasValueSatisfying(hint -> assertThat(hint)
                .startsWith("did you mean openai? the providers are anthropic, deepseek, demo, "));
    }

    @Test
    void anIdIsFoundInAnyCase() {
        assertThat(Catalogs.with(home, "MY_OWN_ENDPOINT=http://localhost:1\n")
                        .get("My_Own")
                        .id())
                .isEqualTo("my-own");
    }

    static String guidesFile() throws IOException {
        try (InputStream stream =
                Objects.requireNonNull(ProviderLayersTests.class.getResourceAsStream("/guide-providers.conf"))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
