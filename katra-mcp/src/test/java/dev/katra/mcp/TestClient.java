package dev.katra.mcp;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.json.schema.jackson3.DefaultJsonSchemaValidator;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The SDK's own client with a session's token. */
public final class TestClient implements AutoCloseable {

    private static final DefaultJsonSchemaValidator SCHEMAS = new DefaultJsonSchemaValidator();

    private final McpSyncClient client;
    private final Map<String, Map<String, Object>> schemas = new ConcurrentHashMap<>();

    private TestClient(McpSyncClient client) {
        this.client = client;
    }

    /** A client that has shaken hands. */
    public static TestClient connect(RunningServer server, String token) {
        return connect(server.url(), token, Map.of());
    }

    /** A client of this address that sends further headers. */
    public static TestClient connect(String url, String token, Map<String, String> headers) {
        var transport = HttpClientStreamableHttpTransport.builder(url)
                .endpoint("/mcp")
                .addHttpRequestCustomizer((request, method, uri, body, context) -> {
                    request.header("Authorization", "Bearer " + token);
                    headers.forEach(request::header);
                })
                .build();
        McpSyncClient client =
                McpClient.sync(transport).requestTimeout(Duration.ofMinutes(2)).build();
        client.initialize();
        return new TestClient(client);
    }

    /** A client of a new session of that persona. */
    public static TestClient of(RunningServer server, String persona) {
        return connect(server, server.session(persona).token());
    }

    /** The client itself. */
    public McpSyncClient mcp() {
        return client;
    }

    /** Calls a tool under a new tool use id. */
    public CallToolResult call(String tool, Map<String, Object> arguments) {
        return call(tool, arguments, UUID.randomUUID().toString());
    }

    /** Calls a tool under this tool use id. */
    public CallToolResult call(String tool, Map<String, Object> arguments, String toolUseId) {
        Map<String, Object> schema = schemas.computeIfAbsent(tool, this::schema); // the call may outlive its server
        CallToolResult result =
                client.callTool(new CallToolRequest(tool, arguments, Map.of("claudecode/toolUseId", toolUseId)));
        if (!Boolean.TRUE.equals(result.isError())) {
            requireSchema(tool, schema, result);
        }
        return result;
    }

    /** The server does not look whether its answers are as it has promised; every test does. */
    private static void requireSchema(String tool, Map<String, Object> schema, CallToolResult result) {
        var validation = SCHEMAS.validate(schema, result.structuredContent());
        if (!validation.valid()) {
            throw new AssertionError(tool + ": " + validation.errorMessage());
        }
    }

    private Map<String, Object> schema(String tool) {
        return client.listTools().tools().stream()
                .filter(each -> each.name().equals(tool))
                .findFirst()
                .map(McpSchema.Tool::outputSchema)
                .orElse(Map.of());
    }

    /** The structured answer of a call that must succeed. */
    @SuppressWarnings("unchecked")
    public Map<String, Object> answer(String tool, Map<String, Object> arguments) {
        CallToolResult result = call(tool, arguments);
        if (Boolean.TRUE.equals(result.isError())) {
            throw new AssertionError(text(result));
        }
        return (Map<String, Object>) result.structuredContent();
    }

    /** The text of a result. */
    public static String text(CallToolResult result) {
        return ((TextContent) result.content().get(0)).text();
    }

    @Override
    public void close() {
        client.close();
    }
}
