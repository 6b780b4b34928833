package dev.katra.gateway.http;

import dev.katra.core.upstream.Protocol;
import dev.katra.gateway.request.RequestReader;
import dev.katra.gateway.thinking.ForeignThinking;
import dev.katra.gateway.thinking.ThinkingSignature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Rewrites a request, as the client made it for its session's own provider, for a fallback. */
final class FallbackRequest {

    private FallbackRequest() {}

    /**
     * Rewrites the request: it names the fallback's model. For an endpoint of the client's own format it also leaves out
     * the thinking that the endpoint did not sign, and asks for no longer answer than the endpoint gives; the translation
     * does both by itself.
     */
    static void rewrite(ObjectNode request, SessionUpstream endpoint, String model) {
        request.put("model", model);
        if (endpoint.upstream().protocol() != Protocol.ANTHROPIC) {
            return;
        }
        ForeignThinking.keepOnly(maker(endpoint, model), request);
        int longest = endpoint.upstream().limits().maxOutputTokens();
        if (longest > 0 && request.path("max_tokens").asInt(0) > longest) {
            request.put("max_tokens", longest);
        }
        if (!mayThink(request)) {
            request.remove("thinking");
            request.remove("context_management"); // which is about thinking
        }
        if (request.path("system") instanceof ArrayNode system) {
            ArrayNode kept = JsonMapper.shared().createArrayNode();
            system.forEach(block -> {
                if (!RequestReader.isBilling(block.path("text").asString(""))) {
                    kept.add(block);
                }
            });
            request.set("system", kept);
        }
    }

    /** Returns who signs the thinking of this model at a fallback. */
    static String maker(SessionUpstream endpoint, String model) {
        return ThinkingSignature.maker(endpoint.targetNamed(model));
    }

    /**
     * Returns whether the endpoint may be asked to think within a budget: the budget must leave room for the answer, and a
     * turn that goes on after a call must have begun with thinking.
     */
    private static boolean mayThink(ObjectNode request) {
        if (!request.path("thinking").path("type").asString("").equals("enabled")) {
            return true;
        }
        if (request.path("thinking").path("budget_tokens").asInt(0)
                >= request.path("max_tokens").asInt(0)) {
            return false;
        }
        JsonNode last = JsonMapper.shared().createObjectNode();
        for (JsonNode message : request.path("messages")) {
            last = message.path("role").asString("").equals("assistant") ? message : last;
        }
        boolean calls = false;
        for (JsonNode block : last.path("content")) {
            calls |= block.path("type").asString("").equals("tool_use");
        }
        String first = last.path("content").path(0).path("type").asString("");
        return !calls || first.equals("thinking") || first.equals("redacted_thinking");
    }
}
