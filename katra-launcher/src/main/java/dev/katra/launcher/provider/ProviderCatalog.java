package dev.katra.launcher.provider;

import dev.katra.core.failure.Failure;
import dev.katra.core.text.Closest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Holds the providers that a caller has, and the source of each of their values. */
public final class ProviderCatalog {

    private final String defaultId;
    private final Map<String, Provider> providers;
    private final Map<String, SettingValue> settings;

    ProviderCatalog(String defaultId, Map<String, Provider> providers, Map<String, SettingValue> settings) {
        this.defaultId = defaultId;
        this.providers = new TreeMap<>(providers);
        this.settings = Map.copyOf(settings);
    }

    /** Returns the id of the provider of a session that names none. */
    public String defaultId() {
        return defaultId;
    }

    /** Returns all providers, in the order of their ids. */
    public List<Provider> all() {
        return new ArrayList<>(providers.values());
    }

    /**
     * Returns the provider with an id; case does not matter, nor does {@code _} for {@code -}.
     *
     * @throws Failure NOT_FOUND, with the closest id as hint
     */
    public Provider get(String id) {
        return find(id).orElseThrow(() ->
                Failure.notFound("no provider is called \"" + id + "\"").hint(hintFor(id)));
    }

    /** Returns the provider with an id, if there is one. */
    public Optional<Provider> find(String id) {
        return Optional.ofNullable(providers.get(normalizedId(id)));
    }

    /** Returns the source of a provider's setting; empty if no layer sets it. */
    public Optional<Source> source(String id, Setting setting) {
        return Optional.ofNullable(
                        settings.get(SettingKey.of(normalizedId(id), setting).name()))
                .map(SettingValue::source);
    }

    /** Returns the source of a further variable of a provider; empty if no layer sets it. */
    public Optional<Source> variableSource(String id, String variable) {
        return Optional.ofNullable(
                        settings.get(SettingKey.keyPrefix(normalizedId(id)) + Setting.ENV.suffix() + variable))
                .map(SettingValue::source);
    }

    /** Returns the source of the default provider's id; empty if no layer sets it. */
    public Optional<Source> defaultSource() {
        return Optional.ofNullable(settings.get(SettingKey.DEFAULT_PROVIDER.name()))
                .map(SettingValue::source);
    }

    /** Returns a hint for an unknown id: the closest id, and all that there are. */
    String hintFor(String unknown) {
        String known = "the providers are " + String.join(", ", providers.keySet());
        return Closest.to(normalizedId(unknown), providers.keySet())
                .map(near -> "did you mean " + near + "? " + known)
                .orElse(known);
    }

    static String normalizedId(String id) {
        return id.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
