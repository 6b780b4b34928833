package dev.katra.launcher.claude.environment;

import dev.katra.launcher.provider.Auth;
import dev.katra.launcher.provider.Provider;
import dev.katra.launcher.provider.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a model's name tells before anything is started. */
final class ModelNames {

    private static final Set<String> ALIASES =
            Set.of("opus", "sonnet", "haiku", "fable", "default", "opusplan", "best");

    private ModelNames() {}

    /** Returns whether the name is an alias that Claude Code resolves itself. */
    static boolean isAlias(String model) {
        return ALIASES.contains(model);
    }

    /**
     * Returns warnings about the route and the model: requests that Katra cannot count, no model, or a name in a form
     * that the provider does not use.
     */
    static List<String> warnings(Provider provider, Route route, @Nullable String model) {
        List<String> warnings = new ArrayList<>();
        if (route != Route.GATEWAY && !provider.judgesItselfOn(route)) {
            warnings.add("on the route " + route.externalName()
                    + " Claude Code checks commands in auto mode by requests of its"
                    + " own to " + provider.id() + ", some 145 kB each and up to ten for one command, which Katra"
                    + " cannot count; on the route gateway Katra answers these checks");
        }
        if (model == null) {
            boolean local = provider.auth() == Auth.NONE || provider.auth() == Auth.LITERAL;
            if (local || provider.isTranslatedOn(route)) {
                warnings.add("no model is set for " + provider.id()
                        + "; it will be asked for Claude Code's own default, so name one with --model");
            }
            return warnings;
        }
        int slash = model.lastIndexOf('/');
        if (provider.id().equals("openrouter") && slash < 0 && !isAlias(model)) {
            warnings.add("openrouter models are written vendor/model, such as anthropic/claude-sonnet-4; \"" + model
                    + "\" has no vendor");
        }
        if (Set.of("anthropic", "openai").contains(provider.id()) && slash >= 0) {
            warnings.add(provider.id() + " models are written without a vendor: \"" + model.substring(slash + 1)
                    + "\", not \"" + model + "\"");
        }
        return warnings;
    }
}
