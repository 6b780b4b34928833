package dev.katra.launcher.environment;

import dev.katra.core.upstream.KeyHeader;
import dev.katra.core.upstream.Upstream;
import dev.katra.launcher.provider.Auth;
import dev.katra.launcher.provider.Provider;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the gateway must know of a session's provider. */
final class BehindGateway {

    private final SessionEnvironment environment;
    private final Provider provider;
    private final boolean translated;

    BehindGateway(SessionEnvironment environment) {
        this.environment = environment;
        this.provider = environment.provider();
        this.translated = provider.isTranslatedOn(environment.route());
    }

    Upstream upstream(boolean trace) {
        return new Upstream(
                0,
                provider.destinationOn(environment.route()),
                provider.protocolOn(environment.route()),
                header(provider.auth()),
                provider.apiKeyVar(),
                model(),
                alias("ANTHROPIC_DEFAULT_OPUS_MODEL"),
                alias("ANTHROPIC_DEFAULT_SONNET_MODEL"),
                alias("ANTHROPIC_DEFAULT_HAIKU_MODEL"),
                Objects.requireNonNullElse(provider.contextTokens(), 0),
                Objects.requireNonNullElse(provider.maxOutputTokens(), 0),
                provider.quirks(),
                provider.efforts(),
                provider.prices(),
                trace);
    }

    private static KeyHeader header(Auth auth) {
        return switch (auth) {
            case BEARER, LITERAL -> KeyHeader.BEARER;
            case API_KEY -> KeyHeader.API_KEY;
            case X_API_KEY -> KeyHeader.X_API_KEY;
            case NONE -> KeyHeader.NONE;
        };
    }

    private @Nullable String model() {
        String model = environment.model();
        return named(model == null || ModelNames.isAlias(model) ? provider.model() : model);
    }

    private @Nullable String alias(String variable) {
        return named(environment.find(variable).map(EnvironmentVariable::value).orElse(null));
    }

    /** Requests that pass through keep the names that the client wrote. */
    private @Nullable String named(@Nullable String model) {
        return model == null || !translated ? null : ModelNames.asSent(model);
    }
}
