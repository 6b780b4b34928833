import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator.ValidationResponse;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Katra is compared with: the MCP Java SDK's servlet in a Tomcat, as little as its documentation has, with one tool
 * that does nothing; and beside it a servlet that reads a body and answers, which nothing in Java can undercut by much.
 */
final class BareServer {

    private static final byte[] ANSWER = ("event: message\ndata: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":"
                    + "[{\"type\":\"text\",\"text\":\"nothing new\"}],\"isError\":false}}\n\n")
            .getBytes(StandardCharsets.UTF_8);

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        Path folder = Files.createDirectories(Path.of(arguments[1]));
        var transport = HttpServletStreamableServerTransportProvider.builder()
                .jsonMapper(new JacksonMcpJsonMapper(new JsonMapper()))
                .mcpEndpoint("/mcp")
                .build();
        McpSchema.Tool tool = McpSchema.Tool.builder("nothing", Map.of("type", "object", "properties", Map.of()))
                .description("Does nothing.")
                .build();
        McpServer.sync(transport)
                .serverInfo("bare", "1")
                .capabilities(ServerCapabilities.builder().tools(false).build())
                .immediateExecution(true)
                .jsonSchemaValidator((schema, value) -> ValidationResponse.asValid("")) // as in Katra, whose jars have none
                .tools(SyncToolSpecification.builder()
                        .tool(tool)
                        .callHandler((exchange, request) -> CallToolResult.builder()
                                .addTextContent("nothing new")
                                .build())
                        .build())
                .build();

        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        Connector connector = new Connector();
        connector.setPort(port);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("maxKeepAliveRequests", "-1");
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", folder.toString());
        Wrapper mcp = Tomcat.addServlet(context, "mcp", transport);
        mcp.setAsyncSupported(true);
        mcp.addMapping("/mcp");
        Tomcat.addServlet(context, "bare", new Bare()).addMapping("/bare");
        tomcat.start();
        tomcat.getServer().await();
    }

    private static final class Bare extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            request.getInputStream().readAllBytes();
            response.setContentType("text/event-stream");
            response.getOutputStream().write(ANSWER);
        }
    }
}
