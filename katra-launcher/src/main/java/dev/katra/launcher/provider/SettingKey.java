package dev.katra.launcher.provider;

import dev.katra.core.text.Closest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes a key of {@code providers.conf} apart. The longest suffix wins: {@code FOO_ANTHROPIC_ENDPOINT} is the Anthropic
 * endpoint of foo, {@code ANTHROPIC_ENDPOINT} the endpoint of anthropic.
 *
 * @param name the key as written
 * @param provider the provider's id; null for {@code DEFAULT_PROVIDER}
 * @param setting the setting; null for {@code DEFAULT_PROVIDER}
 * @param variable the variable that an {@code _ENV_} key sets; null for other keys
 */
record SettingKey(
        String name,
        @Nullable String provider,
        @Nullable Setting setting,
        @Nullable String variable) {

    static final SettingKey DEFAULT_PROVIDER = new SettingKey("DEFAULT_PROVIDER", null, null, null);

    private static final Pattern ID = Pattern.compile("[A-Z0-9][A-Z0-9_]*");
    private static final Pattern SECRET = Pattern.compile(".*(KEY|TOKEN|SECRET|PASSWORD)");
    private static final List<Setting> LONGEST_FIRST = Arrays.stream(Setting.values())
            .filter(setting -> setting != Setting.ENV)
            .sorted(Comparator.comparing((Setting setting) -> setting.suffix().length())
                    .reversed())
            .toList();

    static Optional<SettingKey> find(String name) {
        if (name.equals(DEFAULT_PROVIDER.name)) {
            return Optional.of(DEFAULT_PROVIDER);
        }
        int env = name.indexOf(Setting.ENV.suffix(), 1);
        if (env > 0) {
            String variable = name.substring(env + Setting.ENV.suffix().length());
            return ValueFormat.VARIABLE.accepts(variable)
                    ? of(name, name.substring(0, env), Setting.ENV, variable)
                    : Optional.empty();
        }
        return LONGEST_FIRST.stream()
                .filter(setting -> name.endsWith(setting.suffix())
                        && name.length() > setting.suffix().length())
                .findFirst()
                .flatMap(setting -> of(
                        name, name.substring(0, name.length() - setting.suffix().length()), setting, null));
    }

    static SettingKey of(String provider, Setting setting) {
        return new SettingKey(keyPrefix(provider) + setting.suffix(), provider, setting, null);
    }

    /** Returns all suffixes as text for people. */
    static String suffixes() {
        return Arrays.stream(Setting.values())
                .map(setting -> setting == Setting.ENV ? "_ENV_<NAME>" : setting.suffix())
                .collect(Collectors.joining(", "));
    }

    static boolean isApiKey(String name) {
        return name.toUpperCase(Locale.ROOT).endsWith("_API_KEY");
    }

    /** Returns whether an unknown key looks like the name of a secret. */
    static boolean looksSecret(String name) {
        return SECRET.matcher(name.toUpperCase(Locale.ROOT)).matches();
    }

    /** Returns the known key closest to a mistyped one. */
    static Optional<String> closestTo(String mistyped) {
        String name = mistyped.toUpperCase(Locale.ROOT).replace('-', '_');
        Stream<String> keys = Stream.iterate(name.indexOf('_', 1), cut -> cut > 0, cut -> name.indexOf('_', cut + 1))
                .flatMap(cut -> LONGEST_FIRST.stream().map(setting -> name.substring(0, cut) + setting.suffix()));
        return Closest.to(
                name, Stream.concat(Stream.of(DEFAULT_PROVIDER.name), keys).toList());
    }

    /** Returns the name of the property that this key is bound to. */
    String property() {
        if (setting == null) {
            return "katra.default-provider";
        }
        String property = "katra.providers." + provider + "." + setting.property();
        return variable == null ? property : property + "[" + variable + "]";
    }

    private static Optional<SettingKey> of(String name, String id, Setting setting, @Nullable String variable) {
        if (!ID.matcher(id).matches()) {
            return Optional.empty();
        }
        return Optional.of(new SettingKey(name, id.toLowerCase(Locale.ROOT).replace('_', '-'), setting, variable));
    }

    static String keyPrefix(String provider) {
        return provider.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
