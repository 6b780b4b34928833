package dev.katra.launcher.tmux;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names the keys by which a person leaves a session, as the person has set them.
 *
 * @param prefix tmux's name of the prefix key, such as {@code C-b}; empty if there is none
 * @param bindings the output of {@code list-keys -T prefix}
 */
record TmuxKeys(String prefix, String bindings) {

    private static final Pattern BINDING = Pattern.compile("bind-key\\s+(?:-r\\s+)?-T\\s+prefix\\s+(\\S+)\\s+(.*)");

    /**
     * Reads the keys from tmux's output: the first of the options {@code prefix} and {@code prefix2} that names a key,
     * and the bindings.
     */
    static TmuxKeys of(String options, String bindings) {
        String key = options.lines()
                .map(String::strip)
                .filter(word -> !word.isEmpty() && !word.equals("None"))
                .findFirst()
                .orElse("");
        return new TmuxKeys(key, bindings);
    }

    /** Returns what to press for a tmux command; where no key is bound to it, how to type it. */
    String keysFor(String command) {
        Optional<String> bound = bindings.lines()
                .map(BINDING::matcher)
                .filter(Matcher::matches)
                .filter(binding -> binding.group(2).strip().equals(command))
                .map(binding -> binding.group(1))
                .findFirst();
        if (prefix.isEmpty()) {
            return "tmux " + command + " in another pane";
        }
        return inWords(prefix) + " then " + bound.map(TmuxKeys::inWords).orElse(": and " + command);
    }

    /**
     * Returns a key in words, {@code C-b} as {@code Ctrl-B}; a key without Ctrl or Alt stays as it is, because its case
     * counts.
     */
    static String inWords(String key) {
        String plain = key.startsWith("\\") && key.length() == 2 ? key.substring(1) : key;
        if (plain.startsWith("C-")) {
            return "Ctrl-" + upper(inWords(plain.substring(2)));
        }
        if (plain.startsWith("M-")) {
            return "Alt-" + inWords(plain.substring(2));
        }
        return plain;
    }

    private static String upper(String key) {
        return key.length() == 1 ? key.toUpperCase(Locale.ROOT) : key;
    }
}
