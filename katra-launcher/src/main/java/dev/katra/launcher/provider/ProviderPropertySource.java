package dev.katra.launcher.provider;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.EnumerablePropertySource;

/** Presents the settings in force as properties under {@code katra.}, with their sources as origins. */
final class ProviderPropertySource extends EnumerablePropertySource<Map<String, SettingValue>>
        implements OriginLookup<String> {

    private final Map<String, String> ids = new LinkedHashMap<>();

    ProviderPropertySource(Iterable<SettingValue> settings) {
        super("providers", new LinkedHashMap<>());
        for (SettingValue setting : settings) {
            source.put(setting.key().property(), setting);
            String provider = setting.key().provider();
            if (provider != null) {
                ids.put("katra.providers." + provider + ".id", provider);
            }
        }
    }

    @Override
    public String[] getPropertyNames() {
        String[] names = new String[source.size() + ids.size()];
        int next = 0;
        for (String name : source.keySet()) {
            names[next++] = name;
        }
        for (String name : ids.keySet()) {
            names[next++] = name;
        }
        return names;
    }

    @Override
    public @Nullable Object getProperty(String name) {
        SettingValue setting = source.get(name);
        return setting == null ? ids.get(name) : setting.value();
    }

    @Override
    public @Nullable Origin getOrigin(String name) {
        SettingValue setting = source.get(name);
        return setting == null ? null : setting.source();
    }
}
