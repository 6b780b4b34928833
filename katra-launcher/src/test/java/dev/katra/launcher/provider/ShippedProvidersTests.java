package dev.katra.launcher.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.upstream.Effort;
import dev.katra.core.upstream.Protocol;
import dev.katra.core.upstream.Quirk;
import dev.katra.core.upstream.Quirks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedProvidersTests {

    private static final List<Route> WITHOUT_GATEWAY = List.of(Route.DIRECT, Route.VERBATIM);

    static List<Provider> shipped() {
        return Catalogs.shipped(Path.of("target", "no-such-home")).all();
    }

    @Test
    void holdsEveryProviderThatIsPromised() {
        assertThat(shipped().stream().map(Provider::id))
                .containsExactly(
                        "anthropic",
                        "deepseek",
                        "demo",
                        "gemini",
                        "groq",
                        "llamacpp",
                        "lmstudio",
                        "minimax",
                        "moonshot",
                        "ollama",
                        "openai",
                        "openrouter",
                        "qwen",
                        "sglang",
                        "vllm",
                        "zai");
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void anEntrySaysAllThatIsNeeded(Provider provider) {
        assertThat(provider.verbatimEndpoint()).isNotEmpty();
        assertThat(provider.route()).isEqualTo(Route.AUTO);
        boolean direct = provider.routeFor(null) == Route.DIRECT;
        assertThat(direct).isEqualTo(Set.of("anthropic", "demo").contains(provider.id()));
        if (provider.messagesEndpoint().isPresent()) {
            assertThat(provider.endpointOn(Route.DIRECT)).doesNotEndWith("/").doesNotEndWith("/v1");
        } else {
            assertThat(provider.protocol()).isNotEqualTo(Protocol.ANTHROPIC);
            assertThat(provider.model()).isNotNull();
        }
        boolean reachable = provider.endpointOn(provider.routeFor(null)).startsWith(direct ? "" : "katra:/gateway/");
        assertThat(reachable).isTrue();
        assertThat(provider.prices()).isEmpty();
        assertThat(provider.pricesDate()).isNull();
        assertThat(provider.pricesSource()).isNull();
        assertThat(provider.auth() == Auth.LITERAL).isEqualTo(provider.env().containsKey("ANTHROPIC_AUTH_TOKEN"));
        assertThat(provider.apiKeyVar()).matches("[A-Z0-9_]+_API_KEY");
        assertThat(WITHOUT_GATEWAY)
                .allSatisfy(route -> assertThat(provider.routeFor(route)).isEqualTo(route));
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void anEntryStandsUnderACommentThatNamesItsSource(Provider provider) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("..", "config", "providers.conf"));
        String prefix = SettingKey.keyPrefix(provider.id()) + "_";
        int first = lines.indexOf(lines.stream()
                .filter(line -> line.startsWith(prefix))
                .findFirst()
                .orElseThrow());
        int title = first;
        while (lines.get(title - 1).startsWith("#")) {
            title--;
        }
        assertThat(lines.get(title)).startsWith("# ");
        if (!Objects.equals(provider.id(), "demo")) {
            assertThat(String.join(" ", lines.subList(title, first))).contains("https://");
        }
    }

    @Test
    void theFilesOwnWordsForQuirksAndEffortsAreAllThatThereAre() throws IOException {
        String comment = Files.readString(Path.of("..", "config", "providers.conf"));
        String header = comment.substring(0, comment.indexOf("DEFAULT_PROVIDER="));

        assertThat(Quirk.values()).allSatisfy(quirk -> assertThat(header).contains(quirk.externalName()));
        assertThat(Effort.values()).allSatisfy(effort -> assertThat(header).contains(effort.externalName()));
    }

    @ParameterizedTest
    @CsvSource({
        "openai, gpt-6.1-sol, 'files,web-search'",
        "gemini, gemini-3.8-flash, 'gemini-schema,single-system,thought-signature'",
        "groq, openai/gpt-oss-120b, no-images",
    })
    void aTranslatedEntryNamesQuirksAndEfforts(String id, String model, String quirks) {
        Provider provider = Catalogs.shipped(Path.of("target", "no-such-home")).get(id);

        assertThat(provider.model()).isEqualTo(model);
        assertThat(provider.quirks()).isEqualTo(quirks);
        assertThat(Quirks.parse(provider.quirks(), provider.efforts()).supportsReasoning())
                .isTrue();
    }

    @Test
    void anthropicShipsNoModel() {
        Provider anthropic = Catalogs.shipped(Path.of("target", "no-such-home")).get("anthropic");

        assertThat(anthropic.model()).isNull();
        assertThat(anthropic.auth()).isEqualTo(Auth.X_API_KEY);
        assertThat(anthropic.endpoint()).isEqualTo(Endpoints.ANTHROPIC);
    }
}
