package dev.katra.launcher.claude.environment;

import dev.katra.core.upstream.EndpointModels;
import dev.katra.core.upstream.EndpointSettings;
import dev.katra.core.upstream.Fallback;
import dev.katra.core.upstream.Judge;
import dev.katra.core.upstream.KeyHeader;
import dev.katra.core.upstream.KeySource;
import dev.katra.core.upstream.TokenLimits;
import dev.katra.core.upstream.Upstream;
import dev.katra.launcher.environment.EnvironmentVariable;
import dev.katra.launcher.environment.SessionEnvironment;
import dev.katra.launcher.provider.Auth;
import dev.katra.launcher.provider.Provider;
import dev.katra.launcher.provider.Route;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Builds the description of a session's provider that the gateway needs. */
final class UpstreamBuilder {

    private final SessionEnvironment environment;
    private final Provider provider;
    private final boolean translated;

    UpstreamBuilder(SessionEnvironment environment) {
        this.environment = environment;
        this.provider = environment.provider();
        this.translated = provider.isTranslatedOn(environment.route());
    }

    Upstream build(boolean trace) {
        return new Upstream(
                0,
                provider.destinationOn(environment.route()),
                provider.protocolOn(environment.route()),
                new KeySource(header(provider.auth()), provider.apiKeyVar()),
                new EndpointModels(
                        model(),
                        alias("ANTHROPIC_DEFAULT_OPUS_MODEL"),
                        alias("ANTHROPIC_DEFAULT_SONNET_MODEL"),
                        alias("ANTHROPIC_DEFAULT_HAIKU_MODEL")),
                new TokenLimits(
                        Objects.requireNonNullElse(provider.contextTokens(), 0),
                        Objects.requireNonNullElse(provider.maxOutputTokens(), 0)),
                settings(provider, environment.route(), smallModel()),
                trace,
                environment.fallbacks().stream().map(this::fallback).toList());
    }

    private Fallback fallback(Provider other) {
        EndpointModels models = new EndpointModels(
                plain(other.model()), plain(other.opusModel()), plain(other.sonnetModel()), plain(other.haikuModel()));
        return new Fallback(
                other.id(),
                other.destinationOn(Route.GATEWAY),
                other.protocolOn(Route.GATEWAY),
                new KeySource(header(other.auth()), other.apiKeyVar()),
                models,
                new EndpointModels(
                        plain(environment.model()),
                        plain(variable("ANTHROPIC_DEFAULT_OPUS_MODEL")),
                        plain(variable("ANTHROPIC_DEFAULT_SONNET_MODEL")),
                        plain(variable("ANTHROPIC_DEFAULT_HAIKU_MODEL"))),
                new TokenLimits(
                        Objects.requireNonNullElse(other.contextTokens(), 0),
                        Objects.requireNonNullElse(other.maxOutputTokens(), 0)),
                settings(other, Route.GATEWAY, models.haiku() == null ? models.main() : models.haiku()));
    }

    private static EndpointSettings settings(Provider provider, Route route, @Nullable String smallModel) {
        return new EndpointSettings(
                provider.quirks(),
                provider.efforts(),
                provider.prices(),
                judge(provider, route, smallModel).toString());
    }

    /** Returns the judge, with the name of the small model if no other is named. */
    private static Judge judge(Provider provider, Route route, @Nullable String smallModel) {
        Judge judge = Judge.parse(provider.judge());
        boolean byDefault = provider.judge().isEmpty();
        if (byDefault && provider.judgesItselfOn(route)) {
            return new Judge(Judge.Kind.ENDPOINT, "");
        }
        return judge.kind() == Judge.Kind.MODEL && judge.namedModel().isEmpty()
                ? new Judge(Judge.Kind.MODEL, Objects.requireNonNullElse(smallModel, ""))
                : judge;
    }

    /** Returns the name of a model as requests have it; null for an alias, which no request has. */
    private static @Nullable String plain(@Nullable String model) {
        return model == null || model.isEmpty() || ModelNames.isAlias(model) ? null : Provider.withoutWindow(model);
    }

    private static KeyHeader header(Auth auth) {
        return switch (auth) {
            case BEARER, LITERAL -> KeyHeader.BEARER;
            case API_KEY -> KeyHeader.API_KEY;
            case X_API_KEY -> KeyHeader.X_API_KEY;
            case NONE -> KeyHeader.NONE;
        };
    }

    /** Returns the small model's name as the endpoint knows it; null if none is named. */
    private @Nullable String smallModel() {
        return environment
                .find("ANTHROPIC_DEFAULT_HAIKU_MODEL")
                .map(EnvironmentVariable::value)
                .or(() -> Optional.ofNullable(environment.model()))
                .filter(name -> !name.isEmpty() && !ModelNames.isAlias(name))
                .map(Provider::withoutWindow)
                .orElse(null);
    }

    private @Nullable String model() {
        String model = environment.model();
        return named(model == null || ModelNames.isAlias(model) ? provider.model() : model);
    }

    private @Nullable String alias(String variable) {
        return named(variable(variable));
    }

    private @Nullable String variable(String name) {
        return environment.find(name).map(EnvironmentVariable::value).orElse(null);
    }

    /**
     * Returns the model's name as the endpoint knows it; null where requests pass through, because they keep the names
     * that the client wrote.
     */
    private @Nullable String named(@Nullable String model) {
        return model == null || !translated ? null : Provider.withoutWindow(model);
    }
}
