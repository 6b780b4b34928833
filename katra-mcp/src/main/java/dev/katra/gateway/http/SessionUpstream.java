package dev.katra.gateway.http;

import dev.katra.core.upstream.Fallback;
import dev.katra.core.upstream.Protocol;
import dev.katra.core.upstream.Quirks;
import dev.katra.core.upstream.Upstream;
import dev.katra.core.usage.Prices;
import dev.katra.gateway.upstream.ProviderEndpoint;
import dev.katra.gateway.upstream.Target;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A SessionUpstream says where the requests of one session go.
 *
 * @param sessionId the number of the session
 * @param uid the name of the session's folder
 * @param provider the provider that serves it
 * @param fallbacks where they go, in this order, when that provider does not answer
 */
record SessionUpstream(
        long sessionId,
        String uid,
        ProviderEndpoint provider,
        Upstream upstream,
        Quirks quirks,
        Prices prices,
        List<SessionFallback> fallbacks) {

    /**
     * A SessionFallback says where a session's requests go when its own provider does not answer.
     *
     * @param endpoint the endpoint, as if it were the session's own
     * @param stored the fallback as it was stored when the session started
     */
    record SessionFallback(SessionUpstream endpoint, Fallback stored) {}

    /**
     * The beginning of the aliases under which {@code GET /v1/models} offers models; the client shows no other names.
     */
    private static final String ALIAS_PREFIX = "claude-";

    static SessionUpstream of(String uid, String providerId, Upstream upstream) {
        return new SessionUpstream(
                upstream.sessionId(),
                uid,
                new ProviderEndpoint(
                        providerId,
                        withoutSlash(upstream.endpoint()),
                        upstream.key().variable()),
                upstream,
                Quirks.parse(upstream.settings().quirks(), upstream.settings().efforts()),
                Prices.parse(upstream.settings().prices()),
                upstream.fallbacks().stream()
                        .map(each -> new SessionFallback(of(uid, each.provider(), each.asUpstream(upstream)), each))
                        .toList());
    }

    /** Returns whether requests are passed through untranslated. */
    boolean passesThrough() {
        return upstream.protocol() == Protocol.ANTHROPIC;
    }

    /** Returns the target for the model that a request names, by the client's name for it. */
    Target target(String asked) {
        return new Target(
                provider,
                model(asked),
                upstream.limits().maxOutputTokens(),
                upstream.limits().contextTokens(),
                quirks);
    }

    /** Returns the target for a model by its own name. */
    Target targetNamed(String model) {
        return new Target(
                provider,
                withoutWindowSuffix(model),
                upstream.limits().maxOutputTokens(),
                upstream.limits().contextTokens(),
                quirks);
    }

    /**
     * Returns the small model of the provider's entry, or its model if it names no small one; empty if it names
     * neither.
     */
    Optional<String> smallModel() {
        return Optional.ofNullable(
                        upstream.models().haiku() == null
                                ? upstream.models().main()
                                : upstream.models().haiku())
                .filter(model -> !model.isBlank());
    }

    /** Returns the models that the provider's entry names, each once. */
    List<String> models() {
        Set<String> models = new LinkedHashSet<>();
        for (String model : new @Nullable String[] {
            upstream.models().main(),
            upstream.models().opus(),
            upstream.models().sonnet(),
            upstream.models().haiku()
        }) {
            if (model != null) {
                models.add(withoutWindowSuffix(model));
            }
        }
        return new ArrayList<>(models);
    }

    /** Returns the alias of a model, which begins as the client wants it. */
    String alias(String model) {
        return ALIAS_PREFIX + provider.id() + "-" + model;
    }

    private String model(String asked) {
        String name = withoutWindowSuffix(asked);
        if (models().contains(name)) {
            return name;
        }
        String prefix = alias("");
        if (name.startsWith(prefix) && name.length() > prefix.length()) {
            return name.substring(prefix.length());
        }
        String own = upstream.models().main() == null
                ? name
                : withoutWindowSuffix(upstream.models().main());
        String lower = name.toLowerCase(Locale.ROOT);
        if (!lower.startsWith(ALIAS_PREFIX) && !lower.isEmpty()) {
            return name;
        }
        @Nullable
        String tier = lower.contains("opus")
                ? upstream.models().opus()
                : lower.contains("sonnet")
                        ? upstream.models().sonnet()
                        : lower.contains("haiku") ? upstream.models().haiku() : null;
        String chosen = tier == null ? own : withoutWindowSuffix(tier);
        return chosen.isEmpty() ? "unnamed" : chosen;
    }

    /** Returns the model's name without the client's own suffix for a large window, {@code [1m]}. */
    private static String withoutWindowSuffix(String model) {
        int mark = model.indexOf('[');
        return mark > 0 && model.endsWith("]") ? model.substring(0, mark) : model;
    }

    private static String withoutSlash(String endpoint) {
        return endpoint.endsWith("/") ? withoutSlash(endpoint.substring(0, endpoint.length() - 1)) : endpoint;
    }
}
