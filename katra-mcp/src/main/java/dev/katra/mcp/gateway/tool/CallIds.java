package dev.katra.mcp.gateway.tool;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The ids of tool calls, as a client accepts them and as the endpoint gave them. An id that the client would refuse
 * travels encoded, so that the endpoint gets its own back without anything being kept in between.
 */
public final class CallIds {

    private static final Pattern ACCEPTED = Pattern.compile("[a-zA-Z0-9_-]+");
    private static final String ENCODED = "toolu_k0_";
    private static final int LONGEST = 64;

    private final Set<String> given = new HashSet<>();

    /** The client's id for a call of this answer; a new one if the endpoint gave none or gave it twice. */
    public String client(String upstream) {
        String id =
                ACCEPTED.matcher(upstream).matches() && !upstream.startsWith(ENCODED) ? upstream : encoded(upstream);
        if (upstream.isEmpty() || !given.add(id)) {
            id = "toolu_" + UUID.randomUUID().toString().replace("-", "");
            given.add(id);
        }
        return id;
    }

    /** The id to send for this call of the history: the endpoint's own where it gave one, never over 64 characters. */
    public static String upstream(String client) {
        String id = client.startsWith(ENCODED) ? decoded(client) : client;
        return id.length() <= LONGEST ? id : "call_" + Hash.hex(id, 32);
    }

    private static String encoded(String id) {
        return ENCODED + Base64.getUrlEncoder().withoutPadding().encodeToString(id.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String id) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(id.substring(ENCODED.length()));
            return bytes.length == 0 ? id : new String(bytes, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return id;
        }
    }
}
