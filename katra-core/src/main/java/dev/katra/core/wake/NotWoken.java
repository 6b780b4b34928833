package dev.katra.core.wake;

import dev.katra.core.text.ExternallyNamed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Holds the personas that a message does not wake, by the reason for it.
 *
 * @param personas their names; every reason has at least one
 */
public record NotWoken(Map<Reason, List<String>> personas) {

    private static final int MAX_NAMES = 8;

    /** The reasons why a message does not wake a persona. */
    public enum Reason implements ExternallyNamed {
        /** The persona has no session; it finds the message when it comes back. */
        AWAY,
        /** Its session is never woken. */
        WAKE_NEVER,
        /** Its session is not woken by what is said to the room. */
        WAKE_DIRECT,
        /** Something on its session's screen waits for a person first. */
        WAITS_FOR_A_PERSON,
        /** Its session has had all the turns that it may have without a person. */
        TURNS_USED_UP,
        /** Its session is idle, and nothing in it waits for the wake signal. */
        DEAF;

        /** Returns the reason in words. */
        @Override
        public String externalName() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    public NotWoken {
        Map<Reason, List<String>> ordered = new LinkedHashMap<>();
        for (Reason reason : Reason.values()) {
            List<String> names = personas.getOrDefault(reason, List.of());
            if (!names.isEmpty()) {
                ordered.put(reason, List.copyOf(names));
            }
        }
        personas = Collections.unmodifiableMap(ordered);
    }

    /** Returns whether the message wakes all whom it can wake. */
    public boolean isEmpty() {
        return personas.isEmpty();
    }

    /** Returns the reasons, each with its first few names; empty if there are none. */
    public String summary() {
        return personas.entrySet().stream()
                .map(each -> each.getKey().externalName() + ": " + few(each.getValue()))
                .collect(Collectors.joining("; "));
    }

    private static String few(List<String> names) {
        List<String> shown = new ArrayList<>(names.subList(0, Math.min(MAX_NAMES, names.size())));
        return String.join(", ", shown)
                + (names.size() > MAX_NAMES ? " and " + (names.size() - MAX_NAMES) + " more" : "");
    }
}
