package dev.katra.shell.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Claude Code itself has noted of a persona's conversations.
 *
 * @param config the client's configuration folder
 */
record Transcript(Path config) {

    /** What the tools of this name returned, in order. */
    List<String> results(String tool) {
        Map<String, String> calls = new HashMap<>();
        List<String> results = new ArrayList<>();
        for (Path conversation : conversations()) {
            for (JsonNode entry : entries(conversation)) {
                for (JsonNode block : entry.path("message").path("content")) {
                    String type = block.path("type").asString("");
                    if (type.equals("tool_use")) {
                        calls.put(
                                block.path("id").asString(""),
                                block.path("name").asString(""));
                    } else if (type.equals("tool_result")
                            && calls.getOrDefault(block.path("tool_use_id").asString(""), "")
                                    .equals("mcp__katra__" + tool)) {
                        results.add(text(block.path("content")));
                    }
                }
            }
        }
        return results;
    }

    /** The files of the conversations. */
    List<Path> conversations() {
        Path projects = config.resolve("projects");
        if (!Files.isDirectory(projects)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(projects)) {
            return files.filter(file -> file.toString().endsWith(".jsonl")).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static String text(JsonNode content) {
        return content.isString() ? content.asString() : content.toString();
    }

    private static List<JsonNode> entries(Path conversation) {
        List<JsonNode> entries = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(conversation)) {
                entries.add(JsonMapper.shared().readTree(line));
            }
        } catch (IOException | JacksonException e) {
            // The last line is being written.
        }
        return entries;
    }
}
