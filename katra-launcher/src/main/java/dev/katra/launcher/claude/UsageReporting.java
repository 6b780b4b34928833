package dev.katra.launcher.claude;

import dev.katra.core.contract.SessionContract;
import dev.katra.launcher.claude.settings.ClaudeSettings;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Has a session's client report its requests to the server as log events of OpenTelemetry, unless the user has telemetry of
 * their own, which stays as it is; the server then knows the requests from the transcript alone. The variables belong into
 * the settings that Katra gives the client, because the user's settings override its environment; the token belongs into the
 * environment, because no file has it. Measured on Claude Code 2.1.332.
 */
final class UsageReporting {

    private static final String ENABLED = "CLAUDE_CODE_ENABLE_TELEMETRY";
    private static final String STANDARD = "OTEL_";
    private static final String HEADERS = "OTEL_EXPORTER_OTLP_HEADERS";
    private static final int INTERVAL_MILLIS = 1_000;

    private UsageReporting() {}

    /**
     * Returns whether the user sends telemetry somewhere.
     *
     * @param environment the client's environment
     * @param settings the client's settings files
     * @param passedOn the names of the variables in the settings that the user passes on
     */
    static boolean isUsersOwn(Map<String, String> environment, ClaudeSettings settings, Set<String> passedOn) {
        return environment.keySet().stream().anyMatch(UsageReporting::isTelemetry)
                || passedOn.stream().anyMatch(UsageReporting::isTelemetry)
                || settings.variableNames().anyMatch(UsageReporting::isTelemetry);
    }

    private static boolean isTelemetry(String variable) {
        return variable.equals(ENABLED) || variable.startsWith(STANDARD);
    }

    /** Returns the variables for the client's settings. */
    static Map<String, String> settings(URI server) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put(ENABLED, "1");
        variables.put("OTEL_LOGS_EXPORTER", "otlp");
        variables.put("OTEL_METRICS_EXPORTER", "none");
        variables.put("OTEL_TRACES_EXPORTER", "none");
        variables.put("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json");
        variables.put(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                server.resolve(SessionContract.TELEMETRY_PATH).toString());
        variables.put("OTEL_LOGS_EXPORT_INTERVAL", Integer.toString(INTERVAL_MILLIS));
        return variables;
    }

    /** Adds the variable with the session's token to the client's environment. */
    static void addToken(Map<String, String> environment) {
        // The client sends a value as it stands here, also where a blank in it is encoded, so this cannot be
        // Authorization.
        environment.put(HEADERS, SessionContract.TOKEN_HEADER + "=" + environment.get(SessionContract.TOKEN_VARIABLE));
    }
}
