package dev.katra.launcher.provider;

import dev.katra.core.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The providers a caller has, and where each value of theirs comes from. */
public final class ProviderCatalog {

    private final String defaultId;
    private final Map<String, Provider> providers;
    private final Map<String, SettingValue> settings;

    ProviderCatalog(String defaultId, Map<String, Provider> providers, Map<String, SettingValue> settings) {
        this.defaultId = defaultId;
        this.providers = new TreeMap<>(providers);
        this.settings = Map.copyOf(settings);
    }

    /** The provider of a session that names none. */
    public String defaultId() {
        return defaultId;
    }

    /** All providers, by id. */
    public List<Provider> all() {
        return new ArrayList<>(providers.values());
    }

    /**
     * The provider with an id; case and {@code _} for {@code -} do not matter.
     *
     * @throws Failure NOT_FOUND with what may have been meant
     */
    public Provider get(String id) {
        return find(id).orElseThrow(() ->
                Failure.notFound("no provider is called \"" + id + "\"").hint(hintFor(id)));
    }

    /** The provider with an id, if there is one. */
    public Optional<Provider> find(String id) {
        return Optional.ofNullable(providers.get(normal(id)));
    }

    /** Where a setting of a provider comes from; empty if no layer says anything. */
    public Optional<Source> source(String id, Setting setting) {
        return Optional.ofNullable(
                        settings.get(SettingKey.of(normal(id), setting).name()))
                .map(SettingValue::source);
    }

    /** Where a further variable of a provider comes from. */
    public Optional<Source> variableSource(String id, String variable) {
        return Optional.ofNullable(settings.get(SettingKey.upper(normal(id)) + Setting.ENV.suffix() + variable))
                .map(SettingValue::source);
    }

    /** Where the default provider comes from. */
    public Optional<Source> defaultSource() {
        return Optional.ofNullable(settings.get(SettingKey.DEFAULT_PROVIDER.name()))
                .map(SettingValue::source);
    }

    /** What may have been meant by an unknown id, and all that there are. */
    String hintFor(String unknown) {
        String known = "the providers are " + String.join(", ", providers.keySet());
        return Closest.to(normal(unknown), providers.keySet().stream())
                .map(near -> "did you mean " + near + "? " + known)
                .orElse(known);
    }

    static String normal(String id) {
        return id.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
