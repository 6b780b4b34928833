package dev.katra.mcp.gateway.thinking;

import dev.katra.mcp.gateway.tool.Hash;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The signature of a thinking block of ours. It carries a reasoning item through the client and back to the provider
 * that wrote it; signatures of anyone else are never read and never written.
 */
public final class Signature {

    private static final String ITEM = "katra-reasoning:";
    private static final String PLAIN = "katra-thinking:";
    private static final int VERSION = 1;

    private Signature() {}

    /** Whether a text can hold such a signature; false if it holds none. */
    public static boolean mayBeIn(String text) {
        return text.contains(ITEM) || text.contains(PLAIN);
    }

    /**
     * A reasoning item as an endpoint gave it.
     *
     * @param provider whose it is
     * @param encrypted its content, which only that provider can read
     */
    public record Item(String provider, String id, String encrypted) {}

    /** The signature that carries this item. */
    public static String of(Item item) {
        String json = JsonMapper.shared()
                .createObjectNode()
                .put("v", VERSION)
                .put("p", item.provider())
                .put("id", item.id())
                .put("encrypted_content", item.encrypted())
                .toString();
        return ITEM + Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    /** The signature of thinking that carries nothing but its text. */
    public static String of(String text) {
        return PLAIN + Hash.hex(text, 16);
    }

    /** Whether this signature was written here. */
    public static boolean own(String signature) {
        return signature.startsWith(ITEM) || signature.startsWith(PLAIN);
    }

    /** The item in a signature of ours that this provider can read. */
    public static Optional<Item> item(String signature, String provider) {
        if (!signature.startsWith(ITEM)) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(signature.substring(ITEM.length()));
            JsonNode json = JsonMapper.shared().readTree(bytes);
            var item = new Item(
                    json.path("p").asString(""),
                    json.path("id").asString(""),
                    json.path("encrypted_content").asString(""));
            boolean readable =
                    json.path("v").asInt(0) == VERSION && item.provider().equals(provider);
            return readable && !item.encrypted().isEmpty() ? Optional.of(item) : Optional.empty();
        } catch (IllegalArgumentException | JacksonException e) {
            return Optional.empty();
        }
    }
}
