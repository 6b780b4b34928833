package dev.katra.gateway.permission;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lists the options of a program that are known to be harmless. All others are unknown, abbreviations included. Words
 * that are not options are operands and are not checked here.
 *
 * @param flags the letters of options without a value, which may be combined
 * @param valued the letters of options whose value is the rest of the word or the next word
 * @param words the long options, with their dashes and without their value
 * @param numbers whether a number may stand as an option, as in {@code grep -5}
 */
record KnownOptions(String flags, String valued, Set<String> words, NumericOption numbers) {

    /** Tells whether a number may stand as an option. */
    enum NumericOption {
        /** A number is not an option. */
        NONE("(?!)"),
        /** A number is an option by itself; letters after it would be further options. */
        PLAIN("-\\d+"),
        /** A number is an option, alone or with its unit or one more option after it, as in {@code tail -20f}. */
        LETTERED("-\\d+[a-zA-Z]?");

        private final Pattern pattern;

        NumericOption(String pattern) {
            this.pattern = Pattern.compile(pattern);
        }
    }

    /** The empty list of options. */
    static final KnownOptions NONE = letters("", "");

    KnownOptions {
        words = Set.copyOf(words);
    }

    static KnownOptions letters(String flags, String valued) {
        return new KnownOptions(flags, valued, Set.of(), NumericOption.NONE);
    }

    /** Returns these options and further long ones, given without their two dashes and separated by blanks. */
    KnownOptions and(String longs) {
        return withWords("--", longs);
    }

    /**
     * Returns these options and further long ones of one dash, as {@code find} has them, given without the dash and
     * separated by blanks.
     */
    KnownOptions andWords(String names) {
        return withWords("-", names);
    }

    private KnownOptions withWords(String dashes, String names) {
        Set<String> all = Stream.concat(
                        words.stream(),
                        Arrays.stream(names.strip().split("\\s+")).map(name -> dashes + name))
                .collect(Collectors.toSet());
        return new KnownOptions(flags, valued, all, numbers);
    }

    /** Returns these options with this rule for numbers. */
    KnownOptions and(NumericOption more) {
        return new KnownOptions(flags, valued, words, more);
    }

    /** Returns whether all options among these words are known. */
    boolean containsAll(List<String> arguments) {
        return arguments.stream().allMatch(this::contains);
    }

    private boolean contains(String word) {
        if (!word.startsWith("-") || word.equals("-") || word.equals("--")) {
            return true;
        }
        int value = word.indexOf('=');
        if (words.contains(value < 0 ? word : word.substring(0, value))
                || numbers.pattern.matcher(word).matches()) {
            return true;
        }
        for (int i = 1; i < word.length(); i++) {
            if (valued.indexOf(word.charAt(i)) >= 0) {
                return true;
            }
            if (flags.indexOf(word.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }
}
