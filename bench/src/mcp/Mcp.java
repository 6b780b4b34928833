import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;

/** A client of an MCP endpoint, over one connection that is kept alive. */
final class Mcp implements AutoCloseable {

    private static final String CONTENT = "\"content\":[";
    private static final String TEXT = "\"text\":\"";
    private static final AtomicLong TOOL_USE = new AtomicLong();
    private static final String PROTOCOL = "2025-06-18";

    private final Posts posts;
    private String session = "";
    private final long initialized;
    private long id;

    /** Connects and shakes hands. */
    Mcp(URI server, String token) throws IOException {
        posts = new Posts(server, "/mcp", token, "accept: application/json, text/event-stream\r\n");
        posts.client().keepsHead = true;
        request(
                "initialize",
                "{\"protocolVersion\":\"" + PROTOCOL
                        + "\",\"capabilities\":{},\"clientInfo\":{\"name\":\"bench\",\"version\":\"1\"}}");
        initialized = System.nanoTime();
        String id = posts.client().header("mcp-session-id"); // Katra has none; the bare SDK has
        session = (id.isEmpty() ? "" : "mcp-session-id: " + id + "\r\n") + "mcp-protocol-version: " + PROTOCOL + "\r\n";
        posts.post(session, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}", 202);
        posts.client().keepsHead = false;
        request("tools/list", "{}");
    }

    /** The seconds until {@code initialize} was answered. */
    double shakenHands(long since) {
        return (initialized - since) / 1e9;
    }

    long ping() throws IOException {
        long nanos = request("ping", "{}");
        if (!answer().contains("\"result\":{}")) {
            throw new Fault("no answer to a ping", answer());
        }
        return nanos;
    }

    /** A call of a tool with these arguments (JSON) that must succeed, under an id of its own as Claude Code gives one. */
    long tool(String name, String arguments) throws IOException {
        long nanos = request(
                "tools/call",
                "{\"name\":\"" + name + "\",\"arguments\":" + arguments
                        + ",\"_meta\":{\"claudecode/toolUseId\":\"toolu_bench" + TOOL_USE.incrementAndGet() + "\"}}");
        if (answer().contains("\"isError\":true") || !answer().contains(CONTENT)) {
            throw new Fault(name + " failed", answer());
        }
        return nanos;
    }

    private long request(String method, String params) throws IOException {
        id++;
        long nanos = posts.post(
                session,
                "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + params + "}",
                200);
        if (!answer().contains("\"id\":" + id + ",\"result\":")) {
            throw new Fault("no result of " + method, answer());
        }
        return nanos;
    }

    /** The whole last answer. */
    String answer() {
        return posts.client().text();
    }

    /** The text of the last tool's answer, as JSON has it. */
    String text() throws IOException {
        String answer = answer();
        int from = answer.indexOf(TEXT, answer.indexOf(CONTENT)) + TEXT.length();
        int to = from;
        while (to < answer.length() && answer.charAt(to) != '"') {
            to += answer.charAt(to) == '\\' ? 2 : 1;
        }
        if (to >= answer.length()) {
            throw new Fault("no text", answer);
        }
        return answer.substring(from, to);
    }

    @Override
    public void close() {
        posts.close();
    }
}
