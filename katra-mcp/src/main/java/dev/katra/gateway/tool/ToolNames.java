package dev.katra.gateway.tool;

import dev.katra.core.text.Sha256;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Translates the names of one request's tools into the form that an OpenAI-format endpoint accepts, and back. Case
 * never changes.
 */
public final class ToolNames {

    private static final Pattern ACCEPTED = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
    private static final int MAX_STEM_CHARS = 55;
    /**
     * Matches the prefix that models put before the name of a tool, as in {@code functions.Bash} or
     * {@code default_api:Bash}.
     */
    private static final Pattern NAMESPACE = Pattern.compile("^.*[.:/]");
    /** Matches the model's own special tokens behind a name, which some endpoints let through. */
    private static final Pattern SPECIAL_TOKENS = Pattern.compile("<\\|.*$");

    private final Map<String, String> clientNames = new HashMap<>();
    private final CallIds callIds;

    /** Creates the names for a conversation without calls. */
    public ToolNames() {
        this(new CallIds());
    }

    /** Creates the names for a conversation with these calls. */
    public ToolNames(CallIds callIds) {
        this.callIds = callIds;
    }

    /** Returns the ids for the calls that the answer makes. */
    public CallIds callIds() {
        return callIds;
    }

    /** Returns the name to send for this tool. */
    public String upstream(String name) {
        String sent = ACCEPTED.matcher(name).matches() ? name : shortened(name);
        clientNames.put(sent, name);
        return sent;
    }

    /**
     * Returns the client's name for a tool that the model calls. A name that was never sent stands for the only tool
     * whose name differs in nothing but case and punctuation; otherwise it stays as it is.
     */
    public String client(String called) {
        String exact = clientNames.get(called);
        if (exact != null) {
            return exact;
        }
        String plain = SPECIAL_TOKENS.matcher(called).replaceFirst("");
        List<String> alike = alike(plain);
        if (alike.isEmpty()) {
            alike = alike(NAMESPACE.matcher(plain).replaceFirst(""));
        }
        return alike.size() == 1 ? alike.get(0) : called;
    }

    /** Returns whether this is the whole name of a tool that was sent. */
    public boolean sent(String name) {
        return clientNames.containsKey(name);
    }

    /** Returns whether the name of a tool that was sent begins like this. */
    public boolean begins(String beginning) {
        return clientNames.keySet().stream().anyMatch(name -> name.startsWith(beginning));
    }

    private List<String> alike(String called) {
        String letters = letters(called);
        return clientNames.entrySet().stream()
                .filter(name -> !letters.isEmpty() && letters(name.getKey()).equals(letters))
                .map(Map.Entry::getValue)
                .distinct()
                .toList();
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    private static String shortened(String name) {
        String clean = name.replaceAll("[^a-zA-Z0-9_-]", "_");
        return clean.substring(0, Math.min(MAX_STEM_CHARS, clean.length())) + "_" + Sha256.hex(name, 8);
    }
}
