package dev.katra.gateway.mock;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Refuses what Anthropic refuses; of the many fields that it knows, only those that matter to a gateway are looked at. */
final class MessagesJudge {

    private static final Set<String> ROLES = Set.of("user", "assistant", "system");

    private final Vendor vendor;
    private final IssuedItems issued;

    MessagesJudge(Vendor vendor, IssuedItems issued) {
        this.vendor = vendor;
        this.issued = issued;
    }

    void judge(JsonNode body) {
        vendor.model(body.path("model").asString(""));
        StrictRejection.unless(body.path("max_tokens").isNumber(), "max_tokens", "max_tokens: Field required");
        vendor.cap(body, "max_tokens");
        StrictRejection.unless(
                !body.path("messages").isEmpty(), "messages", "messages: at least one message is required");
        StrictRejection.unless(
                !vendor.has(Rule.NO_SAFEGUARDS) || !body.has("safeguards"),
                "safeguards",
                "safeguards: Extra inputs are not permitted");
        int turn = 0;
        for (JsonNode message : body.path("messages")) {
            String param = "messages." + turn++;
            String role = message.path("role").asString("");
            StrictRejection.unless(
                    ROLES.contains(role) && !(vendor.has(Rule.NO_SYSTEM_TURNS) && role.equals("system")),
                    param,
                    param + ".role: Input should be 'user' or 'assistant'");
            int index = 0;
            for (JsonNode block : message.path("content")) {
                block(block, param + ".content." + index++);
            }
        }
    }

    private void block(JsonNode block, String param) {
        StrictRejection.unless(
                !vendor.has(Rule.NO_DOCUMENTS)
                        || !block.path("type").asString("").equals("document"),
                param,
                param + ": unknown variant `document`, expected one of `text`, `image`, `tool_use`, `tool_result`");
        for (JsonNode inner : block.path("content")) {
            block(inner, param + ".content");
        }
        if (block.path("type").asString("").equals("thinking")) {
            StrictRejection.unless(
                    issued.signed(block.path("signature").asString("")),
                    param,
                    param + ": Invalid `signature` in `thinking` block");
        }
    }
}
