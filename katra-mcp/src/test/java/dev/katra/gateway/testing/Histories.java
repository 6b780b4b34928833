package dev.katra.gateway.testing;

import dev.katra.gateway.request.Block;
import dev.katra.gateway.request.Turn;
import dev.katra.gateway.thinking.ThinkingSignature;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Random requests that the Messages API accepts, and some that only an interrupted client sends. */
public final class Histories {

    private static final String[] NAMES = {
        "Bash",
        "mcp__a__b",
        "with spaces",
        "über",
        "mcp__server__" + "long_name_".repeat(9),
        "mcp__server__" + "long_name_".repeat(10)
    };

    private final Random random;
    private final ObjectNode body = JsonMapper.shared().createObjectNode();
    private final ArrayNode messages = body.putArray("messages");
    private int calls;

    private Histories(Random random) {
        this.random = random;
    }

    /** The turns of a conversation in which calls with these ids were made and answered. */
    public static List<Turn> withCalls(String... ids) {
        var turns = new ArrayList<Turn>();
        for (String id : ids) {
            turns.add(new Turn(
                    Turn.Role.ASSISTANT,
                    List.of(new Block.ToolUse(id, "Bash", JsonMapper.shared().createObjectNode()))));
            turns.add(new Turn(Turn.Role.USER, List.of(new Block.ToolResult(id, List.of(), false))));
        }
        return turns;
    }

    /** A request that the Messages API accepts. */
    public static ObjectNode legal(Random random) {
        return new Histories(random).request(false);
    }

    /** The same with results missing, doubled or out of nowhere. */
    public static ObjectNode broken(Random random) {
        return new Histories(random).request(true);
    }

    private ObjectNode request(boolean broken) {
        body.put("model", "m").put("max_tokens", 1 + random.nextInt(40_000));
        body.putArray("system").addObject().put("type", "text").put("text", "You are");
        tools();
        user(List.of(), false);
        for (int turn = random.nextInt(6); turn > 0; turn--) {
            List<String> open = assistant();
            if (broken) {
                disturb(open);
            }
            user(open, broken || random.nextInt(4) == 0);
        }
        return body;
    }

    private void tools() {
        if (random.nextInt(4) > 0) {
            ArrayNode tools = body.putArray("tools");
            for (String name : NAMES) {
                tools.addObject().put("name", name).putObject("input_schema").put("type", "object");
            }
            if (random.nextBoolean()) {
                tools.addObject().put("type", "web_search_20250305").put("name", "web_search");
            }
        }
        switch (random.nextInt(4)) {
            case 0 -> body.putObject("tool_choice").put("type", "any").put("disable_parallel_tool_use", true);
            case 1 ->
                body.putObject("tool_choice").put("type", "tool").put("name", NAMES[random.nextInt(NAMES.length)]);
            default -> {}
        }
    }

    private List<String> assistant() {
        ArrayNode content = message("assistant");
        var open = new ArrayList<String>();
        if (random.nextInt(3) == 0) {
            content.addObject()
                    .put("type", "thinking")
                    .put("thinking", random.nextBoolean() ? "hm" : "")
                    .put("signature", signature());
        }
        if (random.nextInt(3) > 0) {
            text(content, "answer");
        }
        for (int call = random.nextInt(4); call > 0; call--) {
            String id = "toolu_" + calls++ + (random.nextInt(8) == 0 ? "x".repeat(80) : "");
            if (random.nextInt(6) == 0) {
                var extra = JsonMapper.shared().createObjectNode().put("x", id);
                content.addObject()
                        .put("type", "thinking")
                        .put("thinking", "")
                        .put("signature", ThinkingSignature.of(new ThinkingSignature.Call(Targets.MAKER, id, extra)));
            }
            ObjectNode use = content.addObject().put("type", "tool_use").put("id", id);
            use.put("name", NAMES[random.nextInt(NAMES.length)]);
            ObjectNode input = use.putObject("input");
            if (random.nextInt(4) == 0) {
                input.putObject("__unparsedToolInput").put("raw", "{bad");
            }
            open.add(id);
            if (random.nextInt(6) == 0) {
                text(content, "and");
            }
        }
        if (content.isEmpty()) {
            text(content, "ok");
        }
        return open;
    }

    private String signature() {
        return switch (random.nextInt(3)) {
            case 0 -> "EqQBforeign";
            case 1 -> ThinkingSignature.of("hm");
            default ->
                ThinkingSignature.of(new ThinkingSignature.Item(Targets.MAKER, "rs_" + random.nextInt(1000), "gAA"));
        };
    }

    private void disturb(List<String> open) {
        if (!open.isEmpty() && random.nextBoolean()) {
            open.remove(0);
        }
        if (random.nextInt(3) == 0) {
            open.add("toolu_nowhere");
        }
        if (!open.isEmpty() && random.nextInt(3) == 0) {
            open.add(open.get(0));
        }
    }

    /** Results may be spread over several user turns, with system turns between them. */
    private void user(List<String> open, boolean spread) {
        var results = new ArrayList<>(open);
        Collections.shuffle(results, random);
        if (random.nextInt(4) == 0) {
            system();
        }
        ArrayNode content = message("user");
        for (String id : results) {
            if (spread && random.nextInt(3) == 0) {
                if (content.isEmpty()) {
                    text(content, "first");
                }
                system();
                content = message("user");
            }
            result(content, id);
        }
        if (content.isEmpty() || random.nextBoolean()) {
            text(content, random.nextInt(8) == 0 ? "" : "go on");
        }
        if (random.nextInt(4) == 0) {
            image(content);
        }
        if (random.nextInt(4) == 0) {
            system();
        }
    }

    private void system() {
        if (random.nextBoolean()) {
            messages.addObject().put("role", "system").put("content", "note");
        } else {
            text(message("system"), "note");
        }
    }

    private void result(ArrayNode content, String id) {
        ObjectNode result = content.addObject().put("type", "tool_result").put("tool_use_id", id);
        result.put("is_error", random.nextInt(4) == 0);
        switch (random.nextInt(5)) {
            case 0 -> {}
            case 1 -> result.put("content", "");
            case 2 -> image(result.putArray("content"));
            case 3 ->
                result.putArray("content").addObject().put("type", "brand_new").put("x", 1);
            default -> {
                ArrayNode blocks = result.putArray("content");
                text(blocks, "out");
                image(blocks);
                ObjectNode source = blocks.addObject().put("type", "document").putObject("source");
                source.put("type", "base64")
                        .put("media_type", "application/pdf")
                        .put("data", "AAAA");
            }
        }
    }

    private static void image(ArrayNode content) {
        content.addObject()
                .put("type", "image")
                .putObject("source")
                .put("type", "base64")
                .put("media_type", "image/png")
                .put("data", "AAAA");
    }

    private static void text(ArrayNode content, String text) {
        content.addObject().put("type", "text").put("text", text);
    }

    private ArrayNode message(String role) {
        return messages.addObject().put("role", role).putArray("content");
    }
}
