package dev.katra.launcher.environment;

import dev.katra.core.failure.Failure;
import dev.katra.launcher.provider.Auth;
import dev.katra.launcher.provider.Provider;
import dev.katra.launcher.provider.Route;
import dev.katra.launcher.provider.Source;
import org.jspecify.annotations.Nullable;

/** How a session pays: with a key, with a placeholder where no key is needed, or with the user's own login. */
sealed interface Credential {

    /** A key from the caller's environment. */
    record Key(String value, String variable) implements Credential {
        @Override
        public String toString() {
            return "Key[" + variable + "]";
        }
    }

    /** No key is needed, or the entry itself holds the word that stands for one. */
    record Placeholder() implements Credential {}

    /** The login of the user's Claude Code. */
    record Login() implements Credential {}

    /**
     * The credential for a provider, or null if it needs a key and there is none.
     *
     * @throws Failure INVALID if the key cannot be one
     */
    static @Nullable Credential of(Provider provider, CallerEnvironment caller) {
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

    /** Sets the variables by which Claude Code shows it. An empty one counts as unset and hides what the user stored. */
    default void addTo(Variables variables, Provider provider, Route route) {
        if (this instanceof Login) {
            return;
        }
        variables.open("CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST", "1", Source.katra());
        if (this instanceof Key key) {
            Source source = Source.variable(key.variable());
            if (route == Route.VERBATIM || (provider.auth() == Auth.X_API_KEY && !provider.isTranslatedOn(route))) {
                variables.secret("ANTHROPIC_API_KEY", key.value(), source);
            } else {
                variables.secret("ANTHROPIC_AUTH_TOKEN", key.value(), source);
                variables.open("ANTHROPIC_API_KEY", "", Source.katra());
            }
        } else if (provider.auth() == Auth.NONE) {
            variables.open("ANTHROPIC_AUTH_TOKEN", "no-key-needed", Source.katra());
            variables.open("ANTHROPIC_API_KEY", "", Source.katra());
        } else if (!provider.env().containsKey("ANTHROPIC_API_KEY")) {
            variables.open("ANTHROPIC_API_KEY", "", Source.katra());
        }
    }
}
