import java.net.URI;
import java.nio.charset.StandardCharsets;

/** The request, in the shape of Claude Code's: 8 kB of system prompt, 15 tools, a history with one tool call. */
final class Payload {

    static final int SYSTEM_BYTES = 8 * 1024;

    private static final String[] TOOLS = {
        "Read",
        "Write",
        "Edit",
        "Bash",
        "Glob",
        "Grep",
        "Task",
        "TodoWrite",
        "WebFetch",
        "WebSearch",
        "NotebookEdit",
        "mcp__tracker__list_issues",
        "mcp__tracker__create_issue",
        "mcp__docs__search",
        "mcp__docs__read_page"
    };
    private static final String[] FIELDS = {
        "file_path",
        "pattern",
        "command",
        "description",
        "content",
        "query",
        "offset",
        "limit",
        "timeout",
        "replace_all",
        "paths",
        "mode",
        "options"
    };

    private final Text text = new Text(3);
    private final String start;

    Payload() {
        StringBuilder body = new StringBuilder("{\"model\":\"gpt-bench\",\"messages\":[");
        body.append("{\"role\":\"user\",\"content\":[")
                .append(block(text.of(600)))
                .append("]},");
        body.append("{\"role\":\"assistant\",\"content\":[").append(block(text.of(120)));
        body.append(",{\"type\":\"tool_use\",\"id\":\"toolu_bench0001\",\"name\":\"Read\",\"input\":"
                + "{\"file_path\":\"/home/bench/project/notes.txt\",\"offset\":1,\"limit\":40}}]},");
        body.append(
                        "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"toolu_bench0001\",\"is_error\":false,"
                            + "\"content\":\"")
                .append(text.of(2000))
                .append("\"},")
                .append(block(text.of(200)))
                .append("]}],");
        body.append("\"system\":[").append(block(text.of(SYSTEM_BYTES / 8))).append(',');
        body.append(block(text.of(SYSTEM_BYTES - SYSTEM_BYTES / 8))
                .replace("\"}", "\",\"cache_control\":{\"type\":\"ephemeral\"}}"));
        body.append("],\"tools\":[");
        for (int i = 0; i < TOOLS.length; i++) {
            body.append(i == 0 ? "" : ",").append(tool(TOOLS[i]));
        }
        body.append(
                "],\"metadata\":{\"user_id\":\"{\\\"device_id\\\":\\\"0000000000000000000000000000000000000000000000000000000000000000\\\","
                    + "\\\"account_uuid\\\":\\\"\\\",\\\"session_id\\\":\\\"" + SESSION
                        + "\\\"}\"},\"max_tokens\":4096");
        start = body.toString();
    }

    private static final String SESSION = "3f0c0ad8-2f0e-4c5e-9a55-8f4f1a1d2b3c";

    String body(boolean stream) {
        return start + (stream ? ",\"stream\":true}" : "}");
    }

    /** All that goes over the connection for one call. */
    byte[] request(URI url, String token, boolean stream) {
        String body = body(stream);
        return ("POST " + url.getPath() + "?beta=true HTTP/1.1\r\n"
                        + "host: " + url.getAuthority() + "\r\n"
                        + "accept: application/json\r\n"
                        + "content-type: application/json\r\n"
                        + "user-agent: claude-cli/2.1.332 (external, cli)\r\n"
                        + "authorization: Bearer bench-key\r\n"
                        + "anthropic-version: 2023-06-01\r\n"
                        + "anthropic-beta: claude-code-20250219,interleaved-thinking-2025-05-14\r\n"
                        + "x-app: cli\r\n"
                        + "x-claude-code-session-id: " + SESSION + "\r\n"
                        + (token.isEmpty() ? "" : "x-katra-session: " + token + "\r\n")
                        + "content-length: " + body.length() + "\r\n\r\n"
                        + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String block(String text) {
        return "{\"type\":\"text\",\"text\":\"" + text + "\"}";
    }

    private String tool(String name) {
        int fields = 3 + text.number(4);
        int first = text.number(FIELDS.length);
        StringBuilder properties = new StringBuilder();
        StringBuilder required = new StringBuilder();
        for (int i = 0; i < fields; i++) {
            String field = FIELDS[(first + i) % FIELDS.length];
            properties
                    .append(i == 0 ? "" : ",")
                    .append('"')
                    .append(field)
                    .append("\":")
                    .append(property(i));
            if (i < 2) {
                required.append(i == 0 ? "" : ",").append('"').append(field).append('"');
            }
        }
        return "{\"name\":\"" + name + "\",\"description\":\"" + text.of(300 + text.number(400))
                + "\",\"input_schema\":{"
                + "\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"type\":\"object\",\"properties\":{"
                + properties
                + "},\"required\":[" + required + "],\"additionalProperties\":false}}";
    }

    private String property(int i) {
        String says = "\"description\":\"" + text.of(40 + text.number(80)) + "\"";
        return switch (i) {
            case 2 -> "{\"type\":\"number\",\"minimum\":0," + says + "}";
            case 3 -> "{\"type\":\"string\",\"enum\":[\"" + text.word() + "\",\"files\",\"count\"]," + says + "}";
            case 4 -> "{\"type\":\"array\",\"items\":{\"type\":\"string\"}," + says + "}";
            case 5 ->
                "{\"type\":\"object\",\"properties\":{\"label\":{\"type\":\"string\"},\"multiple\":{\"type\":\"boolean\","
                    + "\"default\":false}},\"required\":[\"label\"],\"additionalProperties\":false," + says + "}";
            default -> "{\"type\":\"string\"," + says + "}";
        };
    }
}
