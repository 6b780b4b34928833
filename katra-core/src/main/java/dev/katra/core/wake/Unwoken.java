package dev.katra.core.wake;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The personas that a message does not wake, by what keeps them from it.
 *
 * @param personas their names; no reason without one
 */
public record Unwoken(Map<Reason, List<String>> personas) {

    private static final int SHOWN = 8;

    /** What keeps a persona from being woken. */
    public enum Reason {
        /** It has no session; it finds the message when it comes back. */
        AWAY,
        /** Its session is never woken. */
        WAKE_NEVER,
        /** Its session is not woken by what is said to the room. */
        WAKE_DIRECT,
        /** Its session has had all the turns that it may have without a person. */
        TURNS_USED_UP,
        /** Nothing in its idle session waits for the word. */
        DEAF;

        /** The words that people and models see. */
        public String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    public Unwoken {
        Map<Reason, List<String>> ordered = new LinkedHashMap<>();
        for (Reason reason : Reason.values()) {
            List<String> names = personas.getOrDefault(reason, List.of());
            if (!names.isEmpty()) {
                ordered.put(reason, List.copyOf(names));
            }
        }
        personas = Collections.unmodifiableMap(ordered);
    }

    /** Whether the message wakes all whom it can wake. */
    public boolean isEmpty() {
        return personas.isEmpty();
    }

    /** The reasons, each with its first few names; empty if there are none. */
    public String words() {
        return personas.entrySet().stream()
                .map(each -> each.getKey().words() + ": " + few(each.getValue()))
                .collect(Collectors.joining("; "));
    }

    private static String few(List<String> names) {
        List<String> shown = new ArrayList<>(names.subList(0, Math.min(SHOWN, names.size())));
        return String.join(", ", shown) + (names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "");
    }
}
