package dev.katra.shell.proof;

import dev.katra.core.home.KatraHome;
import dev.katra.core.upstream.Protocol;
import dev.katra.core.upstream.Quirk;
import dev.katra.core.upstream.Quirks;
import dev.katra.gateway.mock.Api;
import dev.katra.gateway.mock.MockUpstream;
import dev.katra.gateway.mock.Rule;
import dev.katra.gateway.mock.Vendor;
import dev.katra.launcher.provider.Endpoints;
import dev.katra.launcher.provider.Provider;
import dev.katra.launcher.provider.ProviderLoader;
import dev.katra.launcher.provider.Route;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The vendor behind a provider as it is shipped: it serves what the entry says that it serves, under the entry's path, and
 * refuses what the entry does not allow.
 */
record ShippedVendor(Provider provider) {

    private static final String WINDOW = "[1m]";

    /** Those that are not on Katra's own server. */
    static List<ShippedVendor> all() {
        return ProviderLoader.load(new KatraHome(Path.of("target", "no-such-home")), Map.of()).all().stream()
                .map(ShippedVendor::new)
                .filter(vendor -> !Endpoints.isOnKatra(vendor.provider.destinationOn(vendor.route())))
                .toList();
    }

    /** The route that a session takes which asks for none. */
    Route route() {
        return provider.routeFor(null);
    }

    Protocol protocol() {
        return provider.protocolOn(route());
    }

    Api api() {
        return switch (protocol()) {
            case ANTHROPIC -> Api.MESSAGES;
            case OPENAI_CHAT -> Api.CHAT;
            case OPENAI_RESPONSES -> Api.RESPONSES;
        };
    }

    /** Whether the vendor itself answers auto mode's check. */
    boolean judges() {
        return provider.judgesItselfOn(route());
    }

    /** The model that judges, under the vendor's name; empty if the entry names none. */
    Optional<String> judge() {
        return Optional.ofNullable(provider.haikuModel() == null ? provider.model() : provider.haikuModel())
                .map(ShippedVendor::asSent);
    }

    /** Begins to serve on loopback. */
    MockUpstream start() {
        String path = path();
        return MockUpstream.start(protocol() == Protocol.ANTHROPIC ? path + "/v1" : path, vendor());
    }

    /** What leads a caller's sessions to this vendor on loopback, and pays there. */
    Map<String, String> variables(MockUpstream mock) {
        Map<String, String> variables = new TreeMap<>();
        String prefix = "KATRA_" + provider.id().toUpperCase(Locale.ROOT).replace('-', '_');
        boolean other = protocol() == Protocol.ANTHROPIC && provider.anthropicEndpoint() != null;
        variables.put(
                prefix + (other ? "_ANTHROPIC_ENDPOINT" : "_ENDPOINT"),
                protocol() == Protocol.ANTHROPIC ? mock.anthropicUrl() : mock.url());
        if (judges()) {
            variables.put(prefix + "_ENV_CLAUDE_CODE_AUTO_MODE_SERVER", "1"); // as at the entry's own address
        }
        if (provider.auth().needsKey()) {
            variables.put(provider.apiKeyVar(), key());
        }
        return variables;
    }

    /** The path of its endpoint, without a slash at its end. */
    private String path() {
        return URI.create(provider.destinationOn(route())).getPath().replaceFirst("/+$", "");
    }

    private String key() {
        return switch (provider.auth()) {
            case X_API_KEY, BEARER, API_KEY -> "sk-of-" + provider.id() + "-0123456789";
            case LITERAL -> Objects.requireNonNull(provider.env().get("ANTHROPIC_AUTH_TOKEN"));
            case NONE -> "";
        };
    }

    private Vendor vendor() {
        String header =
                switch (provider.auth()) {
                    case X_API_KEY -> "x-api-key";
                    case API_KEY -> "api-key";
                    case BEARER, LITERAL -> "authorization";
                    case NONE -> "";
                };
        Quirks quirks = Quirks.parse(provider.quirks(), provider.efforts());
        return Vendor.ANY
                .withKeyIn(header, key())
                .withModels(models())
                .withEfforts(quirks.efforts().stream()
                        .map(effort -> effort.externalName())
                        .toArray(String[]::new))
                .with(rules(quirks).toArray(Rule[]::new))
                .withWindow(orNone(provider.contextTokens()))
                .withCap(orNone(provider.maxOutputTokens()));
    }

    /** Every model that the entry names; none if it leaves the model to the client. */
    private String[] models() {
        return provider.model() == null
                ? new String[0]
                : Stream.of(
                                provider.model(),
                                provider.opusModel(),
                                provider.sonnetModel(),
                                provider.haikuModel(),
                                provider.subagentModel())
                        .filter(Objects::nonNull)
                        .map(ShippedVendor::asSent)
                        .toArray(String[]::new);
    }

    private Set<Rule> rules(Quirks quirks) {
        Set<Rule> rules = EnumSet.noneOf(Rule.class);
        for (Quirk quirk : quirks.flags()) {
            rule(quirk).ifPresent(rules::add);
        }
        if (!quirks.supportsReasoning() && !rules.contains(Rule.REASONING_CONTENT)) {
            rules.add(Rule.NO_REASONING);
        }
        if (quirks.supportsReasoning() && protocol() == Protocol.OPENAI_RESPONSES) {
            rules.add(Rule.REASONING_MODEL);
        }
        if (judges()) {
            rules.add(Rule.JUDGES_CALLS);
        }
        return rules;
    }

    /** What a vendor with this quirk refuses; empty if it only does without something, or takes more. */
    private static Optional<Rule> rule(Quirk quirk) {
        return Optional.ofNullable(
                switch (quirk) {
                    case SINGLE_SYSTEM -> Rule.ONE_SYSTEM;
                    case ALTERNATE -> Rule.ALTERNATE;
                    case MAX_COMPLETION_TOKENS -> Rule.REASONING_MODEL;
                    case REASONING_CONTENT, THINKING_FIELD -> Rule.REASONING_CONTENT;
                    case NO_REASONING_WITH_TOOLS -> Rule.NO_REASONING_WITH_TOOLS;
                    case NO_REASONING_REPLAY -> Rule.REASONING_MAY_BE_LOST;
                    case THOUGHT_SIGNATURE -> Rule.THOUGHT_SIGNATURE;
                    case NO_PARALLEL_FLAG -> Rule.NO_PARALLEL_FLAG;
                    case NO_STREAM_USAGE -> Rule.NO_STREAM_OPTIONS;
                    case NO_SYSTEM_TURNS -> Rule.NO_SYSTEM_TURNS;
                    case NO_SAFEGUARDS -> Rule.NO_SAFEGUARDS;
                    case NO_DOCUMENTS -> Rule.NO_DOCUMENTS;
                    case DEVELOPER_ROLE,
                            NO_SAMPLING,
                            UNOPENED_THINKING,
                            GEMINI_SCHEMA,
                            NO_IMAGES,
                            FILES,
                            TEXT_TOOL_RESULTS,
                            WEB_SEARCH,
                            BUFFERED_TOOLS -> null;
                });
    }

    private static String asSent(String model) {
        return model.endsWith(WINDOW) ? model.substring(0, model.length() - WINDOW.length()) : model;
    }

    private static int orNone(@Nullable Integer limit) {
        return limit == null ? 0 : limit;
    }

    @Override
    public String toString() {
        return provider.id();
    }
}
