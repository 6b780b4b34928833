package dev.katra.mcp.gateway.mock;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Refuses what Anthropic refuses; of the many fields that it knows, only those that matter to a gateway are looked at. */
final class MessagesJudge {

    private static final Set<String> ROLES = Set.of("user", "assistant", "system");

    private final Vendor vendor;
    private final Issued issued;

    MessagesJudge(Vendor vendor, Issued issued) {
        this.vendor = vendor;
        this.issued = issued;
    }

    void judge(JsonNode body) {
        vendor.model(body.path("model").asString(""));
        Rejected.unless(body.path("max_tokens").isNumber(), "max_tokens", "max_tokens: Field required");
        vendor.cap(body, "max_tokens");
        Rejected.unless(!body.path("messages").isEmpty(), "messages", "messages: at least one message is required");
        int turn = 0;
        for (JsonNode message : body.path("messages")) {
            String param = "messages." + turn++;
            Rejected.unless(
                    ROLES.contains(message.path("role").asString("")),
                    param,
                    param + ".role: Input should be 'user' or 'assistant'");
            int index = 0;
            for (JsonNode block : message.path("content")) {
                block(block, param + ".content." + index++);
            }
        }
    }

    private void block(JsonNode block, String param) {
        if (block.path("type").asString("").equals("thinking")) {
            Rejected.unless(
                    issued.signed(block.path("signature").asString("")),
                    param,
                    param + ": Invalid `signature` in `thinking` block");
        }
    }
}
