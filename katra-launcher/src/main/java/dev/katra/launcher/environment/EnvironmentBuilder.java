package dev.katra.launcher.environment;

import dev.katra.launcher.provider.Source;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects environment variables by name; a later value replaces an earlier one. */
public final class EnvironmentBuilder {

    private static final Pattern SECRET_NAME = Pattern.compile(
            ".*(API_?KEY|ACCESS_?KEY|TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL|COOKIE|CUSTOM_HEADERS).*"
                    + "|.*(KEY|_PAT|_PASS|_PWD|_AUTH)");
    private static final Pattern SECRET_VALUE = Pattern.compile("(?s).*://[^/\\s@]*:[^/\\s@]*@.*");
    private static final Pattern COUNTS_TOKENS = Pattern.compile(".*_TOKENS");

    private final Map<String, EnvironmentVariable> byName = new LinkedHashMap<>();

    /** Sets a variable, marked as a secret if its name or value looks like one. */
    public void set(String name, String value, Source source) {
        put(name, value, source, looksSecret(name, value));
    }

    /** Sets a variable unless there is no value. */
    public void setIfGiven(String name, @Nullable Object value, Source source) {
        if (value != null) {
            set(name, value.toString(), source);
        }
    }

    /** Sets a variable that is marked as a secret. */
    public void setSecret(String name, String value, Source source) {
        put(name, value, source, true);
    }

    /** Sets a variable that is not a secret, whatever it looks like. */
    public void setPublic(String name, String value, Source source) {
        put(name, value, source, false);
    }

    /** Returns a variable's value; null if it is not set. */
    public @Nullable String value(String name) {
        EnvironmentVariable variable = byName.get(name);
        return variable == null ? null : variable.value();
    }

    /** Returns whether a variable is set, be it to an empty value. */
    public boolean has(String name) {
        return byName.containsKey(name);
    }

    /** Returns the variables in the order in which they were first set. */
    public List<EnvironmentVariable> list() {
        return List.copyOf(byName.values());
    }

    /** Sets a variable, marked as a secret or not; an empty value is never marked. */
    public void put(String name, String value, Source source, boolean secret) {
        byName.put(name, new EnvironmentVariable(name, value, source, secret && !value.isEmpty()));
    }

    private static boolean looksSecret(String name, String value) {
        String upper = name.toUpperCase(Locale.ROOT);
        boolean byName = SECRET_NAME.matcher(upper).matches()
                && !COUNTS_TOKENS.matcher(upper).matches();
        return byName || SECRET_VALUE.matcher(value).matches();
    }
}
