package dev.katra.core.upstream;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Embedded;
import org.springframework.data.relational.core.mapping.Embedded.OnEmpty;
import org.springframework.data.relational.core.mapping.MappedCollection;
import org.springframework.data.relational.core.mapping.Table;

/**
 * Stores the endpoint behind the gateway of one session, as its provider's entry and the options of the start were when
 * it started. It holds the name of the key's variable, never a key.
 *
 * @param sessionId 0 until stored
 * @param endpoint the root to which the gateway appends the path of the protocol
 * @param trace whether requests and answers are written, redacted, to the session's folder
 * @param fallbacks the endpoints that are asked, in this order, when this one does not answer
 */
@Table("upstream")
public record Upstream(
        @Id long sessionId,
        String endpoint,
        Protocol protocol,

        @Embedded(onEmpty = OnEmpty.USE_EMPTY, prefix = "key_")
        KeySource key,

        @Embedded(onEmpty = OnEmpty.USE_EMPTY) EndpointModels models,
        @Embedded(onEmpty = OnEmpty.USE_EMPTY) TokenLimits limits,
        @Embedded(onEmpty = OnEmpty.USE_EMPTY) EndpointSettings settings,
        boolean trace,

        @MappedCollection(idColumn = "session_id", keyColumn = "position")
        List<Fallback> fallbacks) {

    public Upstream {
        Objects.requireNonNull(endpoint, "endpoint is null");
        Objects.requireNonNull(protocol, "protocol is null");
        Objects.requireNonNull(key, "key is null");
        Objects.requireNonNull(models, "models is null");
        Objects.requireNonNull(limits, "limits is null");
        Objects.requireNonNull(settings, "settings is null");
        fallbacks = List.copyOf(fallbacks);
    }

    /** Creates an endpoint without fallbacks. */
    public Upstream(
            long sessionId,
            String endpoint,
            Protocol protocol,
            KeySource key,
            EndpointModels models,
            TokenLimits limits,
            EndpointSettings settings,
            boolean trace) {
        this(sessionId, endpoint, protocol, key, models, limits, settings, trace, List.of());
    }

    /** Returns the same endpoint for the session with this id. */
    public Upstream forSession(long session) {
        return new Upstream(session, endpoint, protocol, key, models, limits, settings, trace, fallbacks);
    }

    /** Returns the ids of the providers of its fallbacks, separated by commas; empty if it has none. */
    public String fallbackIds() {
        return fallbacks.stream().map(Fallback::provider).collect(Collectors.joining(","));
    }

    /** Returns the same endpoint with these fallbacks. */
    public Upstream withFallbacks(List<Fallback> others) {
        return new Upstream(sessionId, endpoint, protocol, key, models, limits, settings, trace, others);
    }
}
