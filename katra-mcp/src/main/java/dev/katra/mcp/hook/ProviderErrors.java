package dev.katra.mcp.hook;

import java.util.regex.Pattern;

/** Reads what the client reports of a turn that its provider has refused. */
final class ProviderErrors {

    /** Matches what may be a key: providers repeat keys that they do not know, whole or in part. */
    private static final Pattern SECRET = Pattern.compile(
            "(?i)\\b(?:sk|pk|rk|gsk|xai|nvapi|key|token|bearer|ghp|AIza)[-_ :]*(?=[\\w.*-]*[\\d*])[\\w.*-]{8,}|\\b[\\w-]{32,}");

    private ProviderErrors() {}

    /** Returns the error in the provider's words, without anything that may be a key. */
    static String redactedText(HookEvent failure) {
        String message = failure.text("last_assistant_message");
        String code = failure.text("error");
        String said = !message.isBlank() ? message : !code.isBlank() ? code : "the provider refused the turn";
        return SECRET.matcher(said).replaceAll("***");
    }
}
