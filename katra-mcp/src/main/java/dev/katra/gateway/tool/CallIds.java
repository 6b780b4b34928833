package dev.katra.gateway.tool;

import dev.katra.core.text.Sha256;
import dev.katra.gateway.request.Block;
import dev.katra.gateway.request.Turn;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Translates the ids of one answer's calls between the endpoint's form and the one that a client accepts. An id that
 * the client would refuse travels encoded, so that the endpoint gets its own id back and nothing has to be stored.
 * Endpoints number calls anew in every answer, and a client takes a repeated id for the same call: an id that was used
 * before gets the next free number.
 */
public final class CallIds {

    private static final Pattern ACCEPTED = Pattern.compile("[a-zA-Z0-9_-]+");
    private static final Pattern COUNTED = Pattern.compile("(.*?)([0-9]{1,9})");
    private static final String ENCODED = "toolu_k0_";
    private static final int MAX_LENGTH = 64;

    private final Set<String> given = new HashSet<>();

    /** Returns the ids for an answer to this history. */
    public static CallIds after(List<Turn> history) {
        var ids = new CallIds();
        for (Turn turn : history) {
            for (Block block : turn.blocks()) {
                if (block instanceof Block.ToolUse call) {
                    ids.given.add(call.id());
                } else if (block instanceof Block.ToolResult result) {
                    ids.given.add(result.callId());
                }
            }
        }
        return ids;
    }

    /** Returns the client's id for a call of this answer; a new one if the endpoint gave none. */
    public String client(String upstream) {
        if (!upstream.isEmpty()) {
            return clientForm(free(upstream, id -> given.add(clientForm(id))));
        }
        String id = "toolu_" + UUID.randomUUID().toString().replace("-", "");
        given.add(id);
        return id;
    }

    /**
     * Returns the id to send for this call of the history: the endpoint's own where it gave one, never over 64
     * characters.
     */
    public static String upstream(String client) {
        return within(client.startsWith(ENCODED) ? decoded(client) : client);
    }

    /**
     * Returns the id to send for a call of a history. If {@link #upstream} gives the id of another call, it is numbered
     * until one is free.
     */
    public static String upstream(String client, Predicate<String> takes) {
        return within(free(upstream(client), id -> takes.test(within(id))));
    }

    /**
     * Returns the first id that can be taken: of {@code call_0}, {@code call_1} and so on, or of {@code a},
     * {@code a_2}.
     */
    private static String free(String id, Predicate<String> takes) {
        Matcher counted = COUNTED.matcher(id);
        boolean counts = counted.matches();
        String stem = counts ? counted.group(1) : id + "_";
        long next = counts ? Long.parseLong(counted.group(2)) + 1 : 2;
        String free = id;
        while (!takes.test(free)) {
            free = stem + next++;
        }
        return free;
    }

    private static String within(String id) {
        return id.length() <= MAX_LENGTH ? id : "call_" + Sha256.hex(id, 32);
    }

    private static String clientForm(String id) {
        if (ACCEPTED.matcher(id).matches() && !id.startsWith(ENCODED)) {
            return id;
        }
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
