package dev.katra.launcher.claude.environment;

import dev.katra.launcher.environment.EnvironmentBuilder;
import dev.katra.launcher.provider.Endpoints;
import dev.katra.launcher.provider.Provider;
import dev.katra.launcher.provider.ProviderCatalog;
import dev.katra.launcher.provider.Route;
import dev.katra.launcher.provider.Setting;
import dev.katra.launcher.provider.Source;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Translates a provider's entry into Claude Code's environment variables, except the credential. */
final class ProviderVariables {

    /** The variables for every provider but Anthropic: they leave out what only Anthropic's servers understand. */
    private static final Map<String, String> NON_ANTHROPIC = new TreeMap<>(Map.of(
            "CLAUDE_CODE_ATTRIBUTION_HEADER", "0",
            "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1",
            "CLAUDE_CODE_MAX_RETRIES", "4"));

    /**
     * The variables for providers behind a translation: they leave out what no other format can say, and allow an
     * answer that does not stream as much time as a model thinks.
     */
    private static final Map<String, String> TRANSLATED = new TreeMap<>(Map.of(
            "API_TIMEOUT_MS", "3000000",
            "ENABLE_TOOL_SEARCH", "false"));

    /**
     * The variable without which the client takes the gateway for a foreign server and asks Anthropic for less than it
     * does directly.
     */
    private static final String ASSUME_FIRST_PARTY = "_CLAUDE_CODE_ASSUME_FIRST_PARTY_BASE_URL";

    /** The variable that with "0" has the client check tool calls by requests of its own. */
    static final String AUTO_MODE_SERVER = "CLAUDE_CODE_AUTO_MODE_SERVER";

    private final ProviderCatalog catalog;
    private final Provider provider;
    private final Route route;
    private final @Nullable String requestedModel;

    ProviderVariables(ProviderCatalog catalog, Provider provider, Route route, @Nullable String requestedModel) {
        this.catalog = catalog;
        this.provider = provider;
        this.route = route;
        this.requestedModel = requestedModel;
    }

    /** Returns the model that the session starts with; null for Claude Code's own default. */
    @Nullable
    String model() {
        return requestedModel == null
                ? provider.env().getOrDefault("ANTHROPIC_MODEL", provider.model())
                : requestedModel;
    }

    void addTo(EnvironmentBuilder variables, String endpoint, Source endpointSource) {
        boolean elsewhere = !Endpoints.isSame(provider.destinationOn(route), Endpoints.ANTHROPIC);
        if (!Endpoints.isSame(endpoint, Endpoints.ANTHROPIC)) {
            variables.set("ANTHROPIC_BASE_URL", endpoint, endpointSource);
        }
        if (elsewhere) {
            NON_ANTHROPIC.forEach((name, value) -> variables.setPublic(name, value, Source.katra()));
        }
        if (!elsewhere && route == Route.GATEWAY) {
            variables.setPublic(ASSUME_FIRST_PARTY, "1", Source.katra());
        }
        if (provider.isTranslatedOn(route)) {
            TRANSLATED.forEach((name, value) -> variables.setPublic(name, value, Source.katra()));
        }
        addModels(variables, elsewhere);
        addAutoMode(variables);
        variables.setIfGiven(
                "CLAUDE_CODE_MAX_CONTEXT_TOKENS", provider.contextTokens(), source(Setting.CONTEXT_TOKENS));
        variables.setIfGiven(
                "CLAUDE_CODE_MAX_OUTPUT_TOKENS", provider.maxOutputTokens(), source(Setting.MAX_OUTPUT_TOKENS));
        provider.env().forEach((name, value) -> {
            Source source = catalog.variableSource(provider.id(), name).orElse(Source.katra());
            if (!name.equals("ANTHROPIC_MODEL") || requestedModel == null) {
                variables.set(name, value, source);
            }
        });
    }

    /**
     * Sends the client's own requests of auto mode to the small model, because each is some 145 kB: its checks where no
     * endpoint answers them, and that of a sub-agent that ends without a report.
     */
    private void addAutoMode(EnvironmentBuilder variables) {
        if (provider.judgesItselfOn(route)) {
            return;
        }
        if (route != Route.GATEWAY) {
            variables.setPublic(AUTO_MODE_SERVER, "0", Source.katra());
        }
        String small = variables.value("ANTHROPIC_DEFAULT_HAIKU_MODEL");
        String model = small == null ? variables.value("ANTHROPIC_MODEL") : small;
        if (model != null && !ModelNames.isAlias(model)) {
            variables.setPublic("CLAUDE_CODE_AUTO_MODE_MODEL", Provider.withoutWindow(model), Source.katra());
        }
    }

    private void addModels(EnvironmentBuilder variables, boolean elsewhere) {
        Source modelSource = requestedModel == null ? source(Setting.MODEL) : Source.option("--model");
        variables.setIfGiven(
                "ANTHROPIC_MODEL", requestedModel == null ? provider.model() : requestedModel, modelSource);
        boolean fills = elsewhere && requestedModel != null && !ModelNames.isAlias(requestedModel);
        String rest = fills ? requestedModel : elsewhere ? provider.model() : null;
        Source restSource = fills ? modelSource : source(Setting.MODEL);
        ModelAlias opus = alias(provider.opusModel(), Setting.OPUS_MODEL, rest, restSource);
        ModelAlias haiku = alias(provider.haikuModel(), Setting.HAIKU_MODEL, rest, restSource);
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

    private ModelAlias alias(@Nullable String own, Setting setting, @Nullable String rest, Source restSource) {
        return own == null ? new ModelAlias(rest, restSource) : new ModelAlias(own, source(setting));
    }

    private Source source(Setting setting) {
        return catalog.source(provider.id(), setting).orElse(Source.katra());
    }

    private record ModelAlias(@Nullable String model, Source source) {
        void addTo(EnvironmentBuilder variables, String name) {
            variables.setIfGiven(name, model, source);
        }
    }
}
