package dev.katra.core.upstream;

import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.relational.core.mapping.Embedded;
import org.springframework.data.relational.core.mapping.Embedded.OnEmpty;
import org.springframework.data.relational.core.mapping.Table;

/**
 * Stores an endpoint that is asked for a session when the endpoints before it do not answer, as its provider's entry was
 * when the session started. It holds the name of the key's variable, never a key.
 *
 * @param provider the id of the provider that serves it
 * @param endpoint the root to which the gateway appends the path of the protocol
 * @param models its models by the endpoint's own names
 * @param replaced the names that the client writes for the models of the session's own provider
 */
@Table("fallback")
public record Fallback(
        String provider,
        String endpoint,
        Protocol protocol,

        @Embedded(onEmpty = OnEmpty.USE_EMPTY, prefix = "key_")
        KeySource key,

        @Embedded(onEmpty = OnEmpty.USE_EMPTY) EndpointModels models,

        @Embedded(onEmpty = OnEmpty.USE_EMPTY, prefix = "first_")
        EndpointModels replaced,

        @Embedded(onEmpty = OnEmpty.USE_EMPTY) TokenLimits limits,
        @Embedded(onEmpty = OnEmpty.USE_EMPTY) EndpointSettings settings) {

    public Fallback {
        Objects.requireNonNull(provider, "provider is null");
        Objects.requireNonNull(endpoint, "endpoint is null");
        Objects.requireNonNull(protocol, "protocol is null");
        Objects.requireNonNull(key, "key is null");
        Objects.requireNonNull(models, "models is null");
        Objects.requireNonNull(replaced, "replaced is null");
        Objects.requireNonNull(limits, "limits is null");
        Objects.requireNonNull(settings, "settings is null");
    }

    /**
     * Returns the endpoint's name of the model that stands in for one that the client names: the model for the same
     * purpose if the entry has one, else the entry's main model. An entry without models gets the client's name.
     */
    public String modelFor(String asked) {
        String lower = asked.toLowerCase(Locale.ROOT);
        boolean main = asked.equals(replaced.main());
        String chosen = first(
                names(main, asked, lower, replaced.haiku(), "haiku") ? models.haiku() : null,
                names(main, asked, lower, replaced.opus(), "opus") ? models.opus() : null,
                names(main, asked, lower, replaced.sonnet(), "sonnet") ? models.sonnet() : null,
                models.main());
        return chosen == null ? asked : chosen;
    }

    private static boolean names(boolean main, String asked, String lower, @Nullable String replaced, String tier) {
        return !main && (asked.equals(replaced) || (lower.startsWith("claude-") && lower.contains(tier)));
    }

    private static @Nullable String first(@Nullable String... names) {
        return Stream.of(names).filter(Objects::nonNull).findFirst().orElse(null);
    }

    /** Returns the endpoint in the form of a session's own. */
    public Upstream asUpstream(Upstream own) {
        return new Upstream(own.sessionId(), endpoint, protocol, key, models, limits, settings, own.trace());
    }
}
