package dev.katra.launcher.claude.environment;

import dev.katra.core.failure.Failure;
import dev.katra.launcher.environment.CallerEnvironment;
import dev.katra.launcher.environment.EnvironmentBuilder;
import dev.katra.launcher.provider.Auth;
import dev.katra.launcher.provider.Provider;
import dev.katra.launcher.provider.Route;
import dev.katra.launcher.provider.Source;
import org.jspecify.annotations.Nullable;

/**
 * Describes how a session authenticates itself: with a key, with a placeholder where no key is needed, or with the
 * user's own login.
 */
sealed interface SessionCredential {

    /** Holds a key from the caller's environment and the name of its variable. */
    record Key(String value, String variable) implements SessionCredential {
        @Override
        public String toString() {
            return "Key[" + variable + "]";
        }
    }

    /** Stands for no key, either because none is needed or because the entry itself holds a credential. */
    record Placeholder() implements SessionCredential {}

    /** Stands for the login of the user's Claude Code. */
    record Login() implements SessionCredential {}

    /**
     * Returns the credential for a provider; null if it needs a key and there is none.
     *
     * @throws Failure INVALID if the key holds characters that no API key has
     */
    static @Nullable SessionCredential of(Provider provider, CallerEnvironment caller) {
        if (!provider.auth().needsKey()) {
            return new Placeholder();
        }
        String variable = provider.apiKeyVar();
        String key = caller.value(variable).strip();
        if (key.isEmpty()) {
            return provider.hasLogin() ? new Login() : null;
        }
        if (!key.chars().allMatch(character -> character > ' ' && character < 0x7f)) {
            throw Failure.invalid("the value of " + variable + " holds characters that no API key has")
                    .hint("set it again: export " + variable + "=your-key-here");
        }
        return new Key(key, variable);
    }

    /**
     * Sets the variables by which Claude Code sends the credential. An empty variable counts as unset and hides what
     * the user stored.
     */
    default void addTo(EnvironmentBuilder variables, Provider provider, Route route) {
        if (this instanceof Login) {
            return;
        }
        variables.setPublic(SessionEnvironments.MANAGED_BY_HOST, "1", Source.katra());
        if (this instanceof Key key) {
            Source source = Source.variable(key.variable());
            if (route == Route.VERBATIM || (provider.auth() == Auth.X_API_KEY && !provider.isTranslatedOn(route))) {
                variables.setSecret("ANTHROPIC_API_KEY", key.value(), source);
            } else {
                variables.setSecret("ANTHROPIC_AUTH_TOKEN", key.value(), source);
                variables.setPublic("ANTHROPIC_API_KEY", "", Source.katra());
            }
        } else if (provider.auth() == Auth.NONE) {
            variables.setPublic("ANTHROPIC_AUTH_TOKEN", "no-key-needed", Source.katra());
            variables.setPublic("ANTHROPIC_API_KEY", "", Source.katra());
        } else if (!provider.env().containsKey("ANTHROPIC_API_KEY")) {
            variables.setPublic("ANTHROPIC_API_KEY", "", Source.katra());
        }
    }
}
