package dev.katra.gateway.mock;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Knows what a vendor serves where, and how it answers a request that is in order or not. */
final class VendorRoutes {

    private static final int BYTES_PER_TOKEN = 4;

    private final String root;
    private final Script script;
    private final IssuedItems issued = new IssuedItems();
    private volatile Vendor vendor;

    VendorRoutes(String root, Vendor vendor, Script script) {
        this.root = root;
        this.vendor = vendor;
        this.script = script;
    }

    void vendor(Vendor other) {
        vendor = other;
    }

    /** Where Anthropic's format is served. */
    String anthropicRoot() {
        return root.endsWith("/v1") ? root.substring(0, root.length() - 3) : root;
    }

    Response answer(RecordedRequest seen) {
        Api api = api(seen);
        Vendor now = vendor;
        try {
            if (!seen.method().equals("POST")) {
                return other(seen, now);
            }
            now.admit(seen.headers());
            if (seen.path().equals(anthropicRoot() + "/v1/messages/count_tokens")) {
                ObjectNode count = JsonMapper.shared().createObjectNode();
                return json(200, count.put("input_tokens", tokens(seen)));
            }
            if (api == null) {
                throw new StrictRejection(
                        VendorError.of(404, null, "Invalid URL (" + seen.method() + " " + seen.path() + ")"));
            }
            ModelInput asked = ModelInput.read(api, body(seen));
            seen.asks(asked);
            now.judge(api, asked.body(), tokens(seen), issued);
            return Response.of(script.next(asked), asked, now, issued);
        } catch (StrictRejection e) {
            seen.rejected(e);
            return json(e.error().status(), e.error().json(api == null ? Api.CHAT : api));
        }
    }

    private @Nullable Api api(RecordedRequest seen) {
        Map<String, Api> paths = Map.of(
                root + "/chat/completions", Api.CHAT,
                root + "/responses", Api.RESPONSES,
                anthropicRoot() + "/v1/messages", Api.MESSAGES);
        return paths.get(seen.path());
    }

    private Response other(RecordedRequest seen, Vendor now) {
        if (seen.path().equals(root + "/models")) {
            now.admit(seen.headers());
            ObjectNode list = JsonMapper.shared().createObjectNode().put("object", "list");
            var data = list.putArray("data");
            now.models().forEach(model -> data.addObject()
                    .put("id", model)
                    .put("object", "model")
                    .put("owned_by", "mock"));
            return json(200, list);
        }
        return Response.of(
                seen.method().equals("HEAD") || seen.path().endsWith("/api/hello") ? 200 : 404, "text/plain", "");
    }

    private static JsonNode body(RecordedRequest seen) {
        StrictRejection.unless(
                seen.header("content-type").startsWith("application/json"),
                null,
                null,
                "Unsupported content type: '" + seen.header("content-type") + "'.");
        try {
            JsonNode body = seen.json();
            StrictRejection.unless(body.isObject(), null, null, "expected a JSON object");
            return body;
        } catch (JacksonException e) {
            throw new StrictRejection(
                    VendorError.invalid(null, null, "We could not parse the JSON body of your request."));
        }
    }

    private static int tokens(RecordedRequest seen) {
        return seen.body().length / BYTES_PER_TOKEN;
    }

    private static Response json(int status, ObjectNode body) {
        return Response.of(status, "application/json", body.toString());
    }
}
