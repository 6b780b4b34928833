package dev.katra.core.contract;

/**
 * Holds the names on which the launcher, the server and a session's client rely alike: the launcher writes them into a
 * session's files and environment, and the server answers to them.
 */
public final class SessionContract {

    /** The path of the MCP endpoint. */
    public static final String MCP_PATH = "/mcp";

    /** The path under which each hook of the client has its endpoint, by the hook's name. */
    public static final String HOOKS_PATH = "/hooks/";

    /** The name of the hook that waits for a wake signal; it is no event of the client, but a script of ours. */
    public static final String WAIT_HOOK = "wait";

    /** The name of the client's hook at the start of a session. */
    public static final String START_HOOK = "SessionStart";

    /** The path under which each provider's gateway has its endpoint, by the provider's id. */
    public static final String GATEWAY_PATH = "/gateway/";

    /** The path to which a client that reports its requests appends the path of OpenTelemetry's logs. */
    public static final String TELEMETRY_PATH = "/otlp";

    /** The path of OpenTelemetry's logs below {@link #TELEMETRY_PATH}. */
    public static final String LOGS_PATH = TELEMETRY_PATH + "/v1/logs";

    /** The path of the endpoint that serves the scripted model. */
    public static final String DEMO_PATH = "/demo/";

    /**
     * The header with a session's token in log events, and in requests to a model's endpoint, whose own key has
     * {@code Authorization}.
     */
    public static final String TOKEN_HEADER = "X-Katra-Session";

    /**
     * The beginning of the headers with the keys of a session's fallbacks; the id of the provider follows. The client
     * sends them to the gateway, which keeps them nowhere.
     */
    public static final String FALLBACK_KEY_HEADER = "X-Katra-Fallback-Key-";

    /** The variable with a session's token in the session's environment. */
    public static final String TOKEN_VARIABLE = "KATRA_SESSION_TOKEN";

    /** The name of our MCP server in the client's configuration. */
    public static final String MCP_SERVER = "katra";

    /** The beginning of the names by which the client calls the tools of our MCP server; the tool's name follows. */
    public static final String TOOL_PREFIX = "mcp__" + MCP_SERVER + "__";

    /** The tool by which a session receives its mail; the client's hooks report its calls. */
    public static final String HEAR_TOOL = "katra_hear";

    private SessionContract() {}
}
