package dev.katra.mcp.gateway.thinking;

import dev.katra.mcp.gateway.tool.Hash;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The signature of a thinking block of ours. It carries a reasoning item, or what an endpoint put beside a call, through
 * the client and back to the provider that wrote it; signatures of anyone else are never read and never written.
 */
public final class Signature {

    private static final String ITEM = "katra-reasoning:";
    private static final String CALL = "katra-call:";
    private static final String PLAIN = "katra-thinking:";
    private static final int VERSION = 1;

    private Signature() {}

    /** Whether a text can hold such a signature; false if it holds none. */
    public static boolean mayBeIn(String text) {
        return text.contains(ITEM) || text.contains(CALL) || text.contains(PLAIN);
    }

    /**
     * A reasoning item as an endpoint gave it.
     *
     * @param provider whose it is
     * @param encrypted its content, which only that provider can read
     */
    public record Item(String provider, String id, String encrypted) {}

    /**
     * What an endpoint put beside a call.
     *
     * @param provider whose it is
     * @param id the call's, as the client knows it
     * @param extra the content, which is read by nobody but that provider
     */
    public record Call(String provider, String id, JsonNode extra) {}

    /** The signature that carries this item. */
    public static String of(Item item) {
        return ITEM + coded(head(item.provider(), item.id()).put("encrypted_content", item.encrypted()));
    }

    /** The signature that carries what belongs to this call. */
    public static String of(Call call) {
        return CALL + coded(head(call.provider(), call.id()).set("extra_content", call.extra()));
    }

    /** The signature of thinking that carries nothing but its text. */
    public static String of(String text) {
        return PLAIN + Hash.hex(text, 16);
    }

    /** Whether this signature was written here. */
    public static boolean own(String signature) {
        return signature.startsWith(ITEM) || signature.startsWith(CALL) || signature.startsWith(PLAIN);
    }

    /** The item in a signature of ours that this provider can read. */
    public static Optional<Item> item(String signature, String provider) {
        return read(ITEM, signature, provider)
                .map(json -> new Item(
                        provider,
                        json.path("id").asString(""),
                        json.path("encrypted_content").asString("")))
                .filter(item -> !item.encrypted().isEmpty());
    }

    /** What a signature of ours holds for a call, if this provider gave it. */
    public static Optional<Call> call(String signature, String provider) {
        return read(CALL, signature, provider)
                .map(json -> new Call(provider, json.path("id").asString(""), json.path("extra_content")))
                .filter(call -> call.extra().isObject());
    }

    private static ObjectNode head(String provider, String id) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("v", VERSION)
                .put("p", provider)
                .put("id", id);
    }

    private static String coded(JsonNode json) {
        return Base64.getEncoder().encodeToString(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<JsonNode> read(String kind, String signature, String provider) {
        if (!signature.startsWith(kind)) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(signature.substring(kind.length()));
            JsonNode json = JsonMapper.shared().readTree(bytes);
            boolean readable = json.path("v").asInt(0) == VERSION
                    && json.path("p").asString("").equals(provider);
            return readable ? Optional.of(json) : Optional.empty();
        } catch (IllegalArgumentException | JacksonException e) {
            return Optional.empty();
        }
    }
}
