package dev.katra.mcp.gateway.http;

import dev.katra.core.upstream.Prices;
import dev.katra.core.upstream.Protocol;
import dev.katra.core.upstream.Quirks;
import dev.katra.core.upstream.Upstream;
import dev.katra.mcp.gateway.upstream.Provider;
import dev.katra.mcp.gateway.upstream.Target;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the requests of one session go.
 *
 * @param sessionId the session
 * @param uid names the session's folder
 * @param provider who serves it
 */
record SessionUpstream(long sessionId, String uid, Provider provider, Upstream upstream, Quirks quirks, Prices prices) {

    /** How an alias begins under which {@code GET /v1/models} offers a model: the client shows no other names. */
    private static final String ALIAS = "claude-";

    static SessionUpstream of(String uid, String providerId, Upstream upstream) {
        return new SessionUpstream(
                upstream.sessionId(),
                uid,
                new Provider(providerId, withoutSlash(upstream.endpoint()), upstream.keyVariable()),
                upstream,
                Quirks.parse(upstream.quirks(), upstream.efforts()),
                Prices.parse(upstream.prices()));
    }

    /** Whether requests go on as they are. */
    boolean passesThrough() {
        return upstream.protocol() == Protocol.ANTHROPIC;
    }

    /** The model that a request means, by the client's name for it. */
    Target target(String asked) {
        return new Target(provider, model(asked), upstream.maxOutputTokens(), upstream.contextTokens(), quirks);
    }

    /** The models that the provider's entry names, each once. */
    List<String> models() {
        Set<String> models = new LinkedHashSet<>();
        for (String model : new @Nullable String[] {
            upstream.model(), upstream.opusModel(), upstream.sonnetModel(), upstream.haikuModel()
        }) {
            if (model != null) {
                models.add(plain(model));
            }
        }
        return new ArrayList<>(models);
    }

    /** The alias of a model, which begins as the client wants it. */
    String alias(String model) {
        return ALIAS + provider.id() + "-" + model;
    }

    private String model(String asked) {
        String name = plain(asked);
        if (models().contains(name)) {
            return name;
        }
        String prefix = alias("");
        if (name.startsWith(prefix) && name.length() > prefix.length()) {
            return name.substring(prefix.length());
        }
        String own = upstream.model() == null ? name : plain(upstream.model());
        String lower = name.toLowerCase(Locale.ROOT);
        if (!lower.startsWith(ALIAS) && !lower.isEmpty()) {
            return name;
        }
        @Nullable
        String tier = lower.contains("opus")
                ? upstream.opusModel()
                : lower.contains("sonnet")
                        ? upstream.sonnetModel()
                        : lower.contains("haiku") ? upstream.haikuModel() : null;
        String chosen = tier == null ? own : plain(tier);
        return chosen.isEmpty() ? "unnamed" : chosen;
    }

    /** Without the client's own mark for a large window, {@code [1m]}. */
    private static String plain(String model) {
        int mark = model.indexOf('[');
        return mark > 0 && model.endsWith("]") ? model.substring(0, mark) : model;
    }

    private static String withoutSlash(String endpoint) {
        return endpoint.endsWith("/") ? withoutSlash(endpoint.substring(0, endpoint.length() - 1)) : endpoint;
    }
}
