package dev.katra.gateway.thinking;

import dev.katra.core.text.Sha256;
import dev.katra.gateway.upstream.ProviderEndpoint;
import dev.katra.gateway.upstream.Target;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes and reads the signatures of Katra's own thinking blocks. A signature carries a reasoning item, a text's phase,
 * the extra content of a call, or a vendor's own signature through the client and back to its maker. Signatures of
 * others are never read and never written.
 */
public final class ThinkingSignature {

    private static final String ITEM = "katra-reasoning:";
    private static final String CALL = "katra-call:";
    private static final String PHASE = "katra-phase:";
    private static final String PLAIN = "katra-thinking:";
    private static final String VENDOR = "katra-signed:";
    private static final int VERSION = 1;

    private ThinkingSignature() {}

    /** Returns whether a text may hold such a signature; false if it certainly holds none. */
    public static boolean mayBeContainedIn(String text) {
        return text.contains(ITEM)
                || text.contains(CALL)
                || text.contains(PHASE)
                || text.contains(PLAIN)
                || text.contains(VENDOR);
    }

    /** Returns who makes what a target answers: the model at this address of its provider. Nobody else can read it. */
    public static String maker(Target target) {
        ProviderEndpoint provider = target.provider();
        return provider.id() + " " + target.model() + " " + Sha256.hex(provider.url(), 8);
    }

    /**
     * An Item is a reasoning item as an endpoint gave it.
     *
     * @param maker the maker of the item
     * @param encrypted the content, which only its maker can read
     */
    public record Item(String maker, String id, String encrypted) {}

    /**
     * A Phase holds the model's own name for the part of its work that its next text belongs to.
     *
     * @param maker the maker of the text
     */
    public record Phase(String maker, String phase) {}

    /**
     * A Call holds the extra content that an endpoint put beside a call.
     *
     * @param maker the maker of the call
     * @param id the client's id of the call
     * @param extra the extra content, which only its maker reads
     */
    public record Call(String maker, String id, JsonNode extra) {}

    /** Returns the signature that carries this item. */
    public static String of(Item item) {
        return ITEM + coded(head(item.maker(), item.id()).put("encrypted_content", item.encrypted()));
    }

    /** Returns the signature that carries the extra content of this call. */
    public static String of(Call call) {
        return CALL + coded(head(call.maker(), call.id()).set("extra_content", call.extra()));
    }

    /** Returns the signature that carries the phase of the text after it. */
    public static String of(Phase phase) {
        return PHASE + coded(head(phase.maker(), "").put("phase", phase.phase()));
    }

    /** Returns the signature that carries a vendor's own signature of thinking, or its hidden thinking. */
    public static String ofVendor(String maker, String signature) {
        return VENDOR + coded(head(maker, "").put("signature", signature));
    }

    /** Returns a vendor's own signature in a signature of Katra's, if this maker gave it. */
    public static Optional<String> vendor(String signature, String maker) {
        return read(VENDOR, signature, maker)
                .map(json -> json.path("signature").asString(""))
                .filter(own -> !own.isEmpty());
    }

    /** Returns the signature of thinking that carries nothing but its text. */
    public static String of(String text) {
        return PLAIN + Sha256.hex(text, 16);
    }

    /** Returns whether Katra wrote this signature. */
    public static boolean own(String signature) {
        return signature.startsWith(ITEM)
                || signature.startsWith(CALL)
                || signature.startsWith(PHASE)
                || signature.startsWith(PLAIN)
                || signature.startsWith(VENDOR);
    }

    /** Returns the item in a signature of Katra's, if this maker gave it. */
    public static Optional<Item> item(String signature, String maker) {
        return read(ITEM, signature, maker)
                .map(json -> new Item(
                        maker,
                        json.path("id").asString(""),
                        json.path("encrypted_content").asString("")))
                .filter(item -> !item.encrypted().isEmpty());
    }

    /** Returns the extra content of a call in a signature of Katra's, if this maker gave it. */
    public static Optional<Call> call(String signature, String maker) {
        return read(CALL, signature, maker)
                .map(json -> new Call(maker, json.path("id").asString(""), json.path("extra_content")))
                .filter(call -> call.extra().isObject());
    }

    /** Returns the phase in a signature of Katra's, if this maker gave it. */
    public static Optional<Phase> phase(String signature, String maker) {
        return read(PHASE, signature, maker)
                .map(json -> new Phase(maker, json.path("phase").asString("")))
                .filter(found -> !found.phase().isEmpty());
    }

    private static ObjectNode head(String maker, String id) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("v", VERSION)
                .put("p", maker)
                .put("id", id);
    }

    private static String coded(JsonNode json) {
        return Base64.getEncoder().encodeToString(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<JsonNode> read(String kind, String signature, String maker) {
        if (!signature.startsWith(kind)) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(signature.substring(kind.length()));
            JsonNode json = JsonMapper.shared().readTree(bytes);
            boolean readable = json.path("v").asInt(0) == VERSION
                    && json.path("p").asString("").equals(maker);
            return readable ? Optional.of(json) : Optional.empty();
        } catch (IllegalArgumentException | JacksonException e) {
            return Optional.empty();
        }
    }
}
