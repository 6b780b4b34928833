package dev.katra.launcher.environment;

import dev.katra.launcher.provider.Provider;
import dev.katra.launcher.provider.ProviderCatalog;
import dev.katra.launcher.provider.Source;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What of the caller's environment a session inherits: everything but keys, another session's identity and whatever
 * would steer Claude Code to another provider. {@code KATRA_PASS_ENV} names what is kept all the same,
 * {@code KATRA_DROP_ENV} what is left out besides, and the latter wins.
 */
final class CallerEnvironment {

    static final String PASS = "KATRA_PASS_ENV";
    static final String DROP = "KATRA_DROP_ENV";

    private static final Pattern STEERS_CLAUDE = Pattern.compile("ANTHROPIC_.*|_?CLAUDE_CODE_.*|CLAUDECODE");
    private static final Pattern OF_ANOTHER_SESSION =
            Pattern.compile("KATRA_(PERSONA|PROVIDER|SESSION_TOKEN|SERVER|HOME|.+_ENV_.+)");
    /** What the session's own shell and terminal set anew. */
    private static final Set<String> OF_THE_SHELL = Set.of("_", "PWD", "OLDPWD", "SHLVL");

    private static final Pattern SHELL_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Map<String, String> caller;
    private final Set<String> keyVariables;
    private final Set<String> passed;
    private final Set<String> dropped;

    CallerEnvironment(Map<String, String> caller, ProviderCatalog catalog) {
        this.caller = new TreeMap<>(caller);
        this.keyVariables = catalog.all().stream().map(Provider::apiKeyVar).collect(Collectors.toUnmodifiableSet());
        this.passed = names(PASS);
        this.dropped = names(DROP);
    }

    /** A variable's value, empty if it is not set. */
    String value(String name) {
        return caller.getOrDefault(name, "");
    }

    /** Adds what is inherited, unless the variable is set already. */
    void addTo(Variables variables) {
        Set<String> keys = caller.entrySet().stream()
                .filter(variable ->
                        isKey(variable.getKey()) && !variable.getValue().isBlank())
                .map(Map.Entry::getValue)
                .collect(Collectors.toUnmodifiableSet());
        caller.forEach((name, value) -> {
            if (isInherited(name) && !variables.has(name)) {
                if (keys.stream().anyMatch(value::contains)) {
                    variables.secret(name, value, Source.inherited());
                } else {
                    variables.set(name, value, Source.inherited());
                }
            }
        });
    }

    private boolean isInherited(String name) {
        if (dropped.contains(name)
                || OF_THE_SHELL.contains(name)
                || !SHELL_NAME.matcher(name).matches()) {
            return false;
        }
        boolean harmful = isKey(name)
                || STEERS_CLAUDE.matcher(name).matches()
                || OF_ANOTHER_SESSION.matcher(name).matches();
        return passed.contains(name) || !harmful;
    }

    private boolean isKey(String name) {
        return keyVariables.contains(name) || name.toUpperCase(Locale.ROOT).endsWith("_API_KEY");
    }

    private Set<String> names(String variable) {
        return Arrays.stream(value(variable).split("[,\\s]+"))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
