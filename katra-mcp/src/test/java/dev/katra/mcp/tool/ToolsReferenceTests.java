package dev.katra.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.mcp.RunningServer;
import dev.katra.mcp.TestClient;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The page of the MCP tools. What each says of itself, its arguments and their types are made from the definitions that the
 * server gives, what an argument means and all other text is written in the page. Every field of an answer is named there.
 */
class ToolsReferenceTests {

    private static final Path PAGE = Path.of("../docs/reference/mcp-tools.md");
    private static final Pattern SECTION =
            Pattern.compile("(?m)^## (katra_\\w+)\\n\\n.*\\n\\n((?:\\|.*\\n)*)(?s:(.*?))(?=^## )");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)`.*\\| (.*) \\|$");

    @TempDir
    static Path home;

    @Test
    void tools() throws IOException {
        String page = Files.readString(PAGE);
        String made;
        try (RunningServer server = RunningServer.start(home);
                TestClient client = TestClient.of(server, "Reader")) {
            Map<String, JsonNode> tools = client.mcp().listTools().tools().stream()
                    .collect(Collectors.toMap(McpSchema.Tool::name, ToolsReferenceTests::json));
            List<String> described = new ArrayList<>();
            made = SECTION.matcher(page).replaceAll(section -> {
                described.add(section.group(1));
                assertThat(tools).containsKey(section.group(1));
                return Matcher.quoteReplacement(section(
                        Objects.requireNonNull(tools.get(section.group(1))), section.group(2), section.group(3)));
            });
            assertThat(described).containsExactlyInAnyOrderElementsOf(tools.keySet());
        }
        if (Boolean.getBoolean("golden.rewrite")) {
            Files.writeString(PAGE, made);
        }
        assertThat(made).as("%s, which -Dgolden.rewrite=true writes anew", PAGE).isEqualTo(Files.readString(PAGE));
    }

    private static JsonNode json(McpSchema.Tool tool) {
        return JsonMapper.shared().valueToTree(tool);
    }

    private static String section(JsonNode tool, String table, String text) {
        String name = tool.get("name").asString();
        assertThat(tool.at("/outputSchema/properties").propertyNames())
                .as("the fields of the answer of %s", name)
                .allSatisfy(field -> assertThat(text).contains("`" + field + "`"));
        Map<String, String> meanings =
                ROW.matcher(table).results().collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));
        JsonNode arguments = tool.at("/inputSchema/properties");
        StringBuilder made = new StringBuilder(
                "## " + name + "\n\n" + tool.get("description").asString() + "\n\n");
        if (!arguments.isEmpty()) {
            made.append("| argument | type | |\n|---|---|---|\n");
        }
        arguments.properties().forEach(argument -> {
            assertThat(meanings)
                    .as("%s: the page says in the last column of its table what %s means", name, argument.getKey())
                    .containsKey(argument.getKey());
            made.append("| `" + argument.getKey() + "`" + (isRequired(tool, argument.getKey()) ? "" : " (optional)")
                    + " | " + type(argument.getValue()) + " | " + meanings.get(argument.getKey()) + " |\n");
        });
        return made + (arguments.isEmpty() || text.startsWith("\n") ? "" : "\n") + text;
    }

    private static boolean isRequired(JsonNode tool, String argument) {
        return tool.at("/inputSchema/required").valueStream().anyMatch(each -> each.asString()
                .equals(argument));
    }

    private static String type(JsonNode schema) {
        if (schema.has("enum")) {
            return schema.get("enum")
                    .valueStream()
                    .map(value -> "`" + value.asString() + "`")
                    .collect(Collectors.joining(", "));
        }
        String type = schema.get("type").asString();
        return type.equals("array") ? "list of " + type(schema.get("items")) + "s" : type;
    }
}
