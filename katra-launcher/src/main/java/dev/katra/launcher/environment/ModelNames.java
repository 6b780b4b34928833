package dev.katra.launcher.environment;

import dev.katra.launcher.provider.Auth;
import dev.katra.launcher.provider.Provider;
import dev.katra.launcher.provider.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a model's name tells before anything is started. */
final class ModelNames {

    private static final Set<String> ALIASES =
            Set.of("opus", "sonnet", "haiku", "fable", "default", "opusplan", "best");

    private static final String WINDOW = "[1m]";

    private ModelNames() {}

    /** Whether Claude Code resolves the name itself. */
    static boolean isAlias(String model) {
        return ALIASES.contains(model);
    }

    /** The name as the client sends it: {@code [1m]} asks for a window and is no part of it. */
    static String asSent(String model) {
        return model.endsWith(WINDOW) ? model.substring(0, model.length() - WINDOW.length()) : model;
    }

    /** Warnings about a model in a form its provider does not use. */
    static List<String> warnings(Provider provider, Route route, @Nullable String model) {
        List<String> warnings = new ArrayList<>();
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
