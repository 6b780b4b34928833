package dev.katra.gateway.failure;

import java.util.regex.Pattern;

/** Removes keys from messages, because endpoints like to repeat the key that they refuse. */
public final class Redaction {

    private static final Pattern NAME_IN_ADDRESS = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*://)[^\\s/?#\"'<>]*@");
    private static final Pattern REST_OF_ADDRESS =
            Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*://[^\\s?#\"'<>]*)[?#][^\\s\"'<>]*[^\\s\"'<>.,;:)]");

    private Redaction() {}

    /** Returns the text without anything that looks like a key. */
    public static String withoutKeys(String text) {
        return dev.katra.core.secret.SecretScanner.redact(text);
    }

    /**
     * Returns the text as it may be shown: without anything that looks like a key, and with addresses cut of their user
     * names and queries, where people and endpoints put keys.
     */
    public static String redact(String text) {
        String named = NAME_IN_ADDRESS.matcher(text).replaceAll("$1");
        return withoutKeys(REST_OF_ADDRESS.matcher(named).replaceAll("$1"));
    }
}
