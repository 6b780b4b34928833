package dev.katra.mcp.gateway.tool;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The names of one request's tools as an OpenAI-format endpoint accepts them, and back. Case never changes. */
public final class ToolNames {

    private static final Pattern ACCEPTED = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
    private static final int KEPT = 55;

    private final Map<String, String> clientNames = new HashMap<>();

    /** The name to send for this tool. */
    public String upstream(String name) {
        String sent = ACCEPTED.matcher(name).matches() ? name : shortened(name);
        clientNames.put(sent, name);
        return sent;
    }

    /** The client's name for a tool that the model calls; a name that was never sent stays as it is. */
    public String client(String sent) {
        return clientNames.getOrDefault(sent, sent);
    }

    /** Whether this is the whole name of a tool that was sent. */
    public boolean sent(String name) {
        return clientNames.containsKey(name);
    }

    private static String shortened(String name) {
        String clean = name.replaceAll("[^a-zA-Z0-9_-]", "_");
        return clean.substring(0, Math.min(KEPT, clean.length())) + "_" + Hash.hex(name, 8);
    }
}
