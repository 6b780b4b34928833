package dev.katra.launcher.provider;

import dev.katra.core.failure.Failure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses the format of {@code providers.conf}: {@code KEY=value} lines, comments, an optional {@code export} and
 * quotes, and no expansion. Every failure names file and line and never the value.
 */
final class ConfFile {

    private static final Pattern LINE =
            Pattern.compile("(?:export\\s+)?(?<key>[A-Za-z0-9_-]+)\\s*=(?<value>.*)", Pattern.DOTALL);
    private static final Pattern BARE = Pattern.compile("(?<value>.*?)(?:\\s+#.*)?\\s*", Pattern.DOTALL);
    private static final Pattern SINGLE = Pattern.compile("'(?<value>[^']*)'\\s*(?:#.*)?");
    private static final Pattern DOUBLE = Pattern.compile("\"(?<value>(?:[^\"\\\\]|\\\\.)*+)\"\\s*(?:#.*)?");
    private static final Pattern ESCAPE = Pattern.compile("\\\\([\"\\\\$`])");

    private ConfFile() {}

    /**
     * Returns the settings of a file, by key.
     *
     * @param source gives the source of a line by its number
     * @throws Failure INVALID for a line that cannot be used
     */
    static Map<String, SettingValue> parse(String text, IntFunction<Source> source) {
        Map<String, SettingValue> settings = new LinkedHashMap<>();
        String[] lines = text.replaceFirst("^\\uFEFF", "").split("\\R", -1);
        for (int number = 1; number <= lines.length; number++) {
            String line = lines[number - 1].strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            SettingValue setting = setting(line, source.apply(number));
            SettingValue earlier = settings.putIfAbsent(setting.key().name(), setting);
            if (earlier != null) {
                throw setting.failure(setting.key().name() + " is set already, at " + earlier.source())
                        .hint("keep one of the two lines");
            }
        }
        return settings;
    }

    private static SettingValue setting(String line, Source source) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw Failure.invalid(source + ": the line is not KEY=value")
                    .hint("write KEY=value; a comment begins with #");
        }
        String name = matcher.group("key");
        SettingKey key = SettingKey.find(name).orElseThrow(() -> unusable(name, source));
        return new SettingValue(key, value(name, matcher.group("value").strip(), source), source).checked();
    }

    private static String value(String name, String written, Source source) {
        boolean single = written.startsWith("'");
        boolean quoted = single || written.startsWith("\"");
        Matcher matcher = (quoted ? single ? SINGLE : DOUBLE : BARE).matcher(written.startsWith("#") ? "" : written);
        if (!matcher.matches()) {
            throw Failure.invalid(source + ": the quotes of " + name + " do not close at the end of the line")
                    .hint("put the closing quote at the end of the line");
        }
        String value = matcher.group("value");
        return quoted && !single ? ESCAPE.matcher(value).replaceAll("$1") : value;
    }

    private static Failure unusable(String name, Source source) {
        Optional<String> meant = SettingKey.closestTo(name);
        if (SettingKey.isApiKey(name) || (meant.isEmpty() && SettingKey.looksSecret(name))) {
            return Failure.invalid(source + ": " + name + " is a secret, and secrets belong in the environment")
                    .hint("remove the line and type: export " + name + "=your-key-here");
        }
        Failure unknown = Failure.invalid(source + ": the key \"" + name + "\" is unknown");
        return meant.map(key -> unknown.hint("did you mean " + key + "?"))
                .orElseGet(() -> unknown.hint("a key is a provider's id and one of " + SettingKey.suffixes()));
    }
}
