import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A client of an MCP server that talks over its standard streams. */
final class Stdio implements AutoCloseable {

    private final Process process;
    private final OutputStream out;
    private final BufferedReader in;
    private long id;
    private String answer = "";

    Stdio(Setting setting, String program, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(program)
                .directory(setting.folder().toFile())
                .redirectError(setting.folder().resolve("peer.log").toFile());
        builder.environment().putAll(environment);
        process = builder.start();
        out = process.getOutputStream();
        in = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        request(
                "initialize",
                "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},\"clientInfo\":{\"name\":\"bench\",\"version\":\"1\"}}");
        send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
    }

    long tool(String name, String arguments) throws IOException {
        long nanos = request("tools/call", "{\"name\":\"" + name + "\",\"arguments\":" + arguments + "}");
        if (answer.contains("\"isError\":true") || !answer.contains("\"content\":[")) {
            throw new Fault(name + " failed", answer);
        }
        return nanos;
    }

    private long request(String method, String params) throws IOException {
        id++;
        long start = System.nanoTime();
        send("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + params + "}");
        do {
            answer = in.readLine();
            if (answer == null) {
                throw new IOException("a peer has ended");
            }
        } while (!answer.contains("\"id\":" + id));
        long nanos = System.nanoTime() - start;
        if (!answer.contains("\"result\":")) {
            throw new Fault("no result of " + method, answer);
        }
        return nanos;
    }

    private void send(String message) throws IOException {
        out.write((message + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    String answer() {
        return answer;
    }

    @Override
    public void close() {
        Start.end(process);
    }
}
