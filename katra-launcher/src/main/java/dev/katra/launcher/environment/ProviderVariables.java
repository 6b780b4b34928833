package dev.katra.launcher.environment;

import dev.katra.launcher.provider.Endpoints;
import dev.katra.launcher.provider.Provider;
import dev.katra.launcher.provider.ProviderCatalog;
import dev.katra.launcher.provider.Route;
import dev.katra.launcher.provider.Setting;
import dev.katra.launcher.provider.Source;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a provider's entry means in variables of Claude Code, apart from who pays. */
final class ProviderVariables {

    /** For every provider but Anthropic itself: what only Anthropic's servers understand is left out. */
    private static final Map<String, String> FOR_OTHERS = new TreeMap<>(Map.of(
            "CLAUDE_CODE_ATTRIBUTION_HEADER", "0",
            "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1",
            "CLAUDE_CODE_MAX_RETRIES", "4"));

    /**
     * For those behind a translation: what no other format can say is left out, and an answer that does not stream may
     * take as long as a model thinks.
     */
    private static final Map<String, String> FOR_TRANSLATED = new TreeMap<>(Map.of(
            "API_TIMEOUT_MS", "3000000",
            "CLAUDE_CODE_DISABLE_EXPERIMENTAL_BETAS", "1",
            "ENABLE_TOOL_SEARCH", "false"));

    /** Without it the client takes the gateway for a stranger and asks Anthropic for less than it does directly. */
    private static final String STILL_ANTHROPIC = "_CLAUDE_CODE_ASSUME_FIRST_PARTY_BASE_URL";

    private final ProviderCatalog catalog;
    private final Provider provider;
    private final Route route;
    private final @Nullable String askedModel;

    ProviderVariables(ProviderCatalog catalog, Provider provider, Route route, @Nullable String askedModel) {
        this.catalog = catalog;
        this.provider = provider;
        this.route = route;
        this.askedModel = askedModel;
    }

    /** The model the session starts with. */
    @Nullable
    String model() {
        return askedModel == null ? provider.env().getOrDefault("ANTHROPIC_MODEL", provider.model()) : askedModel;
    }

    void addTo(Variables variables, String endpoint, Source endpointSource) {
        boolean elsewhere = !Endpoints.same(provider.destinationOn(route), Endpoints.CLAUDE_DEFAULT);
        if (!Endpoints.same(endpoint, Endpoints.CLAUDE_DEFAULT)) {
            variables.set("ANTHROPIC_BASE_URL", endpoint, endpointSource);
        }
        if (elsewhere) {
            FOR_OTHERS.forEach((name, value) -> variables.open(name, value, Source.katra()));
        }
        if (!elsewhere && route == Route.GATEWAY) {
            variables.open(STILL_ANTHROPIC, "1", Source.katra());
        }
        if (provider.isTranslatedOn(route)) {
            FOR_TRANSLATED.forEach((name, value) -> variables.open(name, value, Source.katra()));
        }
        addModels(variables, elsewhere);
        variables.setIfGiven(
                "CLAUDE_CODE_MAX_CONTEXT_TOKENS", provider.contextTokens(), source(Setting.CONTEXT_TOKENS));
        variables.setIfGiven(
                "CLAUDE_CODE_MAX_OUTPUT_TOKENS", provider.maxOutputTokens(), source(Setting.MAX_OUTPUT_TOKENS));
        provider.env().forEach((name, value) -> {
            Source source = catalog.variableSource(provider.id(), name).orElse(Source.katra());
            if (!name.equals("ANTHROPIC_MODEL") || askedModel == null) {
                variables.set(name, value, source);
            }
        });
    }

    private void addModels(Variables variables, boolean elsewhere) {
        Source modelSource = askedModel == null ? source(Setting.MODEL) : Source.option("--model");
        variables.setIfGiven("ANTHROPIC_MODEL", askedModel == null ? provider.model() : askedModel, modelSource);
        boolean fills = elsewhere && askedModel != null && !ModelNames.isAlias(askedModel);
        String rest = fills ? askedModel : elsewhere ? provider.model() : null;
        Source restSource = fills ? modelSource : source(Setting.MODEL);
        Alias opus = alias(provider.opusModel(), Setting.OPUS_MODEL, rest, restSource);
        Alias haiku = alias(provider.haikuModel(), Setting.HAIKU_MODEL, rest, restSource);
        opus.addTo(variables, "ANTHROPIC_DEFAULT_OPUS_MODEL");
        if (elsewhere) {
            opus.addTo(variables, "ANTHROPIC_DEFAULT_FABLE_MODEL");
        }
        alias(provider.sonnetModel(), Setting.SONNET_MODEL, rest, restSource)
                .addTo(variables, "ANTHROPIC_DEFAULT_SONNET_MODEL");
        haiku.addTo(variables, "ANTHROPIC_DEFAULT_HAIKU_MODEL");
        haiku.addTo(variables, "ANTHROPIC_SMALL_FAST_MODEL");
        alias(provider.subagentModel(), Setting.SUBAGENT_MODEL, rest, restSource)
                .addTo(variables, "CLAUDE_CODE_SUBAGENT_MODEL");
    }

    private Alias alias(@Nullable String own, Setting setting, @Nullable String rest, Source restSource) {
        return own == null ? new Alias(rest, restSource) : new Alias(own, source(setting));
    }

    private Source source(Setting setting) {
        return catalog.source(provider.id(), setting).orElse(Source.katra());
    }

    private record Alias(@Nullable String model, Source source) {
        void addTo(Variables variables, String name) {
            variables.setIfGiven(name, model, source);
        }
    }
}
