package dev.katra.launcher.provider;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Loads the provider settings from their layers: the shipped file, the user's file, and {@code KATRA_} variables. */
public final class ProviderLoader {

    private static final String SHIPPED = "/katra/providers.conf";
    /** The prefix that turns a key into the name of an environment variable. */
    static final String PREFIX = "KATRA_";

    private ProviderLoader() {}

    /**
     * Returns the providers of a caller.
     *
     * @throws Failure INVALID naming file and line, or the variable, if anything in them is wrong; UNAVAILABLE if the
     *     user's file cannot be read
     */
    public static ProviderCatalog load(KatraHome home, Map<String, String> callerEnvironment) {
        return new LayeredSettings(List.of(shipped(), file(home.providers()), variables(callerEnvironment))).catalog();
    }

    private static Map<String, SettingValue> shipped() {
        try (InputStream stream = Objects.requireNonNull(ProviderLoader.class.getResourceAsStream(SHIPPED))) {
            return ConfFile.parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8), Source::shipped);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, SettingValue> file(Path file) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            return ConfFile.parse(text, line -> Source.file(file, line));
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (CharacterCodingException e) {
            throw Failure.invalid(file + " is not UTF-8 text")
                    .hint("convert it: iconv -t UTF-8")
                    .cause(e);
        } catch (IOException e) {
            throw Failure.unavailable("cannot read " + file)
                    .hint("check its mode and owner")
                    .cause(e);
        }
    }

    private static Map<String, SettingValue> variables(Map<String, String> environment) {
        Map<String, SettingValue> settings = new LinkedHashMap<>();
        new TreeMap<>(environment).forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !value.isEmpty()) {
                SettingKey.find(name.substring(PREFIX.length()))
                        .map(key -> new SettingValue(key, value, Source.variable(name)).checked())
                        .ifPresent(setting -> settings.put(setting.key().name(), setting));
            }
        });
        return settings;
    }
}
