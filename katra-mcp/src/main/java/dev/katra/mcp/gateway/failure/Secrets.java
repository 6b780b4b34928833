package dev.katra.mcp.gateway.failure;

import java.util.regex.Pattern;

/** Keeps keys out of messages: endpoints like to repeat the key that they refuse. */
public final class Secrets {

    private static final Pattern KEY = Pattern.compile(
            "(?i)\\b(?:(?:sk|gsk|xai|nvapi|key|pk|rk)-|(?:sk|gsk|hf)_|AIza|eyJ)[A-Za-z0-9*._-]{6,}|(?<=bearer )[A-Za-z0-9*._-]{6,}");

    private Secrets() {}

    /** The text without anything that looks like a key. */
    public static String hidden(String text) {
        return KEY.matcher(text).replaceAll("[key]");
    }
}
