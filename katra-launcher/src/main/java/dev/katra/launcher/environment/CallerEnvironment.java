package dev.katra.launcher.environment;

import dev.katra.launcher.provider.Provider;
import dev.katra.launcher.provider.ProviderCatalog;
import dev.katra.launcher.provider.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Selects the variables of the caller's environment that a session inherits: all but keys, another session's identity
 * and whatever would steer the agent to another provider. {@code KATRA_PASS_ENV} names variables that are kept all
 * the same, {@code KATRA_DROP_ENV} ones that are left out besides, and the latter wins.
 */
public final class CallerEnvironment {

    static final String PASS = "KATRA_PASS_ENV";
    static final String DROP = "KATRA_DROP_ENV";

    private static final Pattern SESSION_IDENTITY =
            Pattern.compile("KATRA_(PERSONA|PROVIDER|SESSION_TOKEN|SERVER|HOME|.+_ENV_.+)");
    /** The variables that the session's own shell and terminal set anew. */
    private static final Set<String> SHELL_VARIABLES = Set.of("_", "PWD", "OLDPWD", "SHLVL");

    private static final Pattern SHELL_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /**
     * The minimum length of a value that counts as a secret, in characters. A shorter one is a word such as the
     * "ollama" of local servers, and may be part of a path.
     */
    private static final int MIN_KEY_LENGTH = 12;

    private final Map<String, String> caller;
    private final Pattern steering;
    private final Set<String> keyVariables;
    private final Set<String> passed;
    private final Set<String> dropped;

    /**
     * Reads a caller's environment.
     *
     * @param steering the names of the variables that steer the agent
     */
    public CallerEnvironment(Map<String, String> caller, ProviderCatalog catalog, Pattern steering) {
        this.caller = new TreeMap<>(caller);
        this.steering = steering;
        this.keyVariables = catalog.all().stream().map(Provider::apiKeyVar).collect(Collectors.toUnmodifiableSet());
        this.passed = names(PASS);
        this.dropped = names(DROP);
    }

    /** Returns a variable's value; empty if it is not set. */
    public String value(String name) {
        return caller.getOrDefault(name, "");
    }

    /**
     * Adds the inherited variables, except those that are set already.
     *
     * @return warnings about variables that are left out although their names are harmless, because a key is part of
     *     their values
     */
    public List<String> addTo(EnvironmentBuilder variables) {
        List<String> leftOut = new ArrayList<>();
        caller.forEach((name, value) -> {
            if (!isInherited(name) || variables.has(name)) {
                return;
            }
            Optional<String> key = keyIn(value);
            if (key.isEmpty()) {
                variables.set(name, value, Source.inherited());
            } else if (passed.contains(name)) {
                variables.setSecret(name, value, Source.inherited());
            } else {
                leftOut.add(name + " is left out: it holds the key in " + key.get() + "; " + PASS + "=" + name
                        + " hands it on");
            }
        });
        return leftOut;
    }

    /** Returns the name of the variable whose key is part of this value. */
    private Optional<String> keyIn(String value) {
        return caller.entrySet().stream()
                .filter(variable -> isKey(variable.getKey())
                        && variable.getValue().strip().length() >= MIN_KEY_LENGTH
                        && value.contains(variable.getValue().strip()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private boolean isInherited(String name) {
        if (dropped.contains(name)
                || SHELL_VARIABLES.contains(name)
                || !SHELL_NAME.matcher(name).matches()) {
            return false;
        }
        boolean harmful = isKey(name)
                || steering.matcher(name).matches()
                || SESSION_IDENTITY.matcher(name).matches();
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
