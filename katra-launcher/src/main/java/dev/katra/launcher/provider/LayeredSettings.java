package dev.katra.launcher.provider;

import dev.katra.core.failure.Failure;
import dev.katra.core.text.Closest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;

/** Merges layers of settings, in which the later overrides the earlier, into the providers that they describe. */
final class LayeredSettings {

    private static final Set<String> CREDENTIALS = Set.of("ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_API_KEY");

    private final List<Map<String, SettingValue>> layers;
    private final Map<String, SettingValue> inForce = new LinkedHashMap<>();

    LayeredSettings(List<Map<String, SettingValue>> layers) {
        this.layers = List.copyOf(layers);
        for (Map<String, SettingValue> layer : layers) {
            layer.forEach((name, setting) -> {
                if (setting.isRemoval()) {
                    inForce.remove(name);
                } else {
                    inForce.put(name, setting);
                }
            });
        }
    }

    /**
     * Returns the providers.
     *
     * @throws Failure INVALID if the settings do not fit together
     */
    ProviderCatalog catalog() {
        ids().forEach(id -> {
            dropOutdatedAnthropicEndpoint(id);
            checkOriginOfPrices(id, Setting.PRICES_DATE);
            checkOriginOfPrices(id, Setting.PRICES_SOURCE);
        });
        inForce.values().forEach(this::checkVariable);
        ConfigurationPropertySource source =
                Objects.requireNonNull(ConfigurationPropertySource.from(new ProviderPropertySource(inForce.values())));
        ProviderProperties bound = new Binder(source).bindOrCreate("katra", ProviderProperties.class);
        bound.providers().values().forEach(this::checkLiteral);
        ProviderCatalog catalog =
                new ProviderCatalog(ProviderCatalog.normalizedId(bound.defaultProvider()), bound.providers(), inForce);
        SettingValue byDefault = inForce.get(SettingKey.DEFAULT_PROVIDER.name());
        if (byDefault != null && catalog.find(byDefault.value()).isEmpty()) {
            throw byDefault
                    .failure("no provider is called \"" + byDefault.value() + "\"")
                    .hint(catalog.hintFor(byDefault.value()));
        }
        inForce.values().forEach(setting -> checkFallback(setting, catalog));
        return catalog;
    }

    private static void checkFallback(SettingValue setting, ProviderCatalog catalog) {
        if (setting.key().setting() != Setting.FALLBACK) {
            return;
        }
        for (String id : Provider.fallbackIds(setting.value())) {
            if (catalog.find(id).isEmpty()) {
                throw setting.failure("no provider is called \"" + id + "\"").hint(catalog.hintFor(id));
            }
        }
    }

    private Set<String> ids() {
        Set<String> ids = new TreeSet<>();
        for (SettingValue setting : inForce.values()) {
            String id = setting.key().provider();
            if (id != null) {
                ids.add(id);
            }
        }
        Set<String> reachable = ids.stream()
                .filter(id -> value(id, Setting.ENDPOINT) != null || value(id, Setting.ANTHROPIC_ENDPOINT) != null)
                .collect(Collectors.toCollection(TreeSet::new));
        for (SettingValue setting : inForce.values()) {
            String id = setting.key().provider();
            if (id != null && !reachable.contains(id)) {
                throw unreachable(setting, id, reachable);
            }
        }
        return reachable;
    }

    private static Failure unreachable(SettingValue setting, String id, Set<String> known) {
        Failure failure = setting.failure("there is no provider \"" + id + "\", and no endpoint is given for it");
        String prefix = setting.source().kind() == Source.Kind.VARIABLE ? ProviderLoader.PREFIX : "";
        String rest = setting.key().name().substring(id.length());
        return failure.hint(Closest.to(id, known)
                .map(near -> "did you mean " + prefix + SettingKey.keyPrefix(near) + rest + "?")
                .orElseGet(() ->
                        "add " + prefix + SettingKey.of(id, Setting.ENDPOINT).name() + "=https://... for a new one"));
    }

    /**
     * Drops an Anthropic endpoint that belongs to an overridden endpoint: an endpoint changed in a later layer means
     * another server, of which the layer that names the Anthropic endpoint knew nothing.
     */
    private void dropOutdatedAnthropicEndpoint(String id) {
        String anthropic = SettingKey.of(id, Setting.ANTHROPIC_ENDPOINT).name();
        String endpoint = SettingKey.of(id, Setting.ENDPOINT).name();
        String then = null;
        String now = null;
        for (Map<String, SettingValue> layer : layers) {
            SettingValue changed = layer.get(endpoint);
            now = changed == null ? now : changed.value();
            then = layer.containsKey(anthropic) ? now : then;
        }
        if (now != null && inForce.containsKey(anthropic) && (then == null || !Endpoints.isSame(then, now))) {
            inForce.remove(anthropic);
        }
    }

    /**
     * Drops the date or the source of prices that a later layer has changed or taken back: it was about other prices.
     *
     * @throws Failure INVALID if it is not about any prices
     */
    private void checkOriginOfPrices(String id, Setting origin) {
        SettingValue found = inForce.get(SettingKey.of(id, origin).name());
        if (found == null) {
            return;
        }
        String prices = SettingKey.of(id, Setting.PRICES).name();
        if (lastLayerOf(prices) > lastLayerOf(found.key().name())) {
            inForce.remove(found.key().name());
        } else if (!inForce.containsKey(prices)) {
            throw found.failure(found.key().name() + " is given, but no prices are")
                    .hint("add " + prices + "=input/output, or take the line out");
        }
    }

    /** Returns the index of the last layer that has a key, -1 if none has it. */
    private int lastLayerOf(String name) {
        int last = -1;
        for (int i = 0; i < layers.size(); i++) {
            last = layers.get(i).containsKey(name) ? i : last;
        }
        return last;
    }

    private void checkVariable(SettingValue setting) {
        String variable = setting.key().variable();
        String id = setting.key().provider();
        if (variable == null || id == null) {
            return;
        }
        if (variable.startsWith("KATRA_") || InstalledClient.get().isReserved(variable)) {
            throw setting.failure("the variable " + variable + " is set by Katra alone");
        }
        if (variable.equals("ANTHROPIC_BASE_URL")) {
            throw setting.failure("the base URL follows from the endpoint")
                    .hint("set " + SettingKey.of(id, Setting.ANTHROPIC_ENDPOINT).name());
        }
        boolean literal = Auth.LITERAL.externalName().equals(value(id, Setting.AUTH));
        if (CREDENTIALS.contains(variable) ? !literal : variable.endsWith("_API_KEY")) {
            throw setting.failure(setting.key().name() + " is a secret, and secrets belong in the environment")
                    .hint("remove the line and type: export " + SettingKey.keyPrefix(id) + "_API_KEY=your-key-here");
        }
    }

    private void checkLiteral(Provider provider) {
        SettingValue auth =
                inForce.get(SettingKey.of(provider.id(), Setting.AUTH).name());
        if (auth != null
                && provider.auth() == Auth.LITERAL
                && provider.env().keySet().stream().noneMatch(CREDENTIALS::contains)) {
            throw auth.failure(auth.key().name() + " is literal, but no credential is given")
                    .hint("add " + SettingKey.keyPrefix(provider.id()) + "_ENV_ANTHROPIC_AUTH_TOKEN=word");
        }
    }

    private @Nullable String value(String id, Setting setting) {
        SettingValue found = inForce.get(SettingKey.of(id, setting).name());
        return found == null ? null : found.value();
    }
}
