package dev.katra.core.search;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import opennlp.tools.stemmer.PorterStemmer;

/**
 * Splits texts into words: lower case, without accents, stemmed; with the parts and joined forms of identifiers, paths
 * and versions, and pairs of characters where a script has no blanks. Terms consist of lower-case letters and digits.
 * An instance must not be used by several threads at once.
 */
final class Analyser {

    /**
     * The version of the analysis. It must be raised with every change of its results: the indexes are filled anew
     * then.
     */
    private static final int ANALYSIS = 3;

    /**
     * The version of the results, which the JDK's Unicode tables decide too. An index that was filled with another
     * version is filled anew, since its terms can no longer be derived from the texts.
     */
    static final int VERSION = ANALYSIS << 24 | unicode();

    static final int MAX_TERM_CHARACTERS = 64;
    /** The end of the Unicode planes that have letters. */
    private static final int END_OF_LETTERS = 0x30000;

    private static final int PREFIX_CHARACTERS = 5;
    private static final String JOINTS = "_-./\\:@+#'’$~";
    private static final Pattern SEGMENTS = Pattern.compile("[/\\\\]|::");
    private static final Pattern COMBINING_MARKS = Pattern.compile("\\p{M}+");

    /** Words that the stemmer takes for forms of others that mean something else, with the terms that they get. */
    private static final Map<String, String> UNLIKE_THEIR_STEM = Map.ofEntries(
            Map.entry("customer", "customer"),
            Map.entry("customers", "customer"),
            Map.entry("customs", "customs"),
            Map.entry("university", "university"),
            Map.entry("universities", "university"),
            Map.entry("organization", "organization"),
            Map.entry("organizations", "organization"),
            Map.entry("organisation", "organization"),
            Map.entry("organisations", "organization"),
            Map.entry("policy", "policy"),
            Map.entry("policies", "policy"),
            Map.entry("importance", "important"),
            Map.entry("important", "important"),
            Map.entry("importantly", "important"),
            Map.entry("severe", "severe"),
            Map.entry("international", "international"),
            Map.entry("internal", "internal"),
            Map.entry("paste", "paste"),
            Map.entry("pasted", "paste"),
            Map.entry("pastes", "paste"),
            Map.entry("pasting", "paste"),
            Map.entry("numeral", "numeral"),
            Map.entry("numerous", "numerous"),
            Map.entry("status", "status"),
            Map.entry("statuses", "status"),
            Map.entry("state", "state"),
            Map.entry("states", "state"),
            Map.entry("stated", "state"));

    /** The first of the symbols that are pictures rather than signs of mathematics and drawing. */
    private static final int FIRST_PICTURE = 0x2600;

    /** The character that stands for one that could not be read. */
    private static final int REPLACEMENT = 0xFFFD;

    private static final AnalysisCache CACHE = new AnalysisCache();

    private final PorterStemmer stemmer = new PorterStemmer();

    /**
     * Returns 24 bits that differ between versions of Unicode: each adds characters, and so changes their categories.
     */
    private static int unicode() {
        CRC32 kinds = new CRC32();
        byte[] plane = new byte[1 << 16];
        for (int first = 0; first <= END_OF_LETTERS; first += plane.length) {
            for (int i = 0; i < plane.length; i++) {
                plane[i] = (byte) Character.getType(first + i);
            }
            kinds.update(plane);
        }
        return (int) kinds.getValue() & 0xffffff;
    }

    List<Word> words(String text) {
        List<Word> words = new ArrayList<>();
        int length = text.length();
        int at = 0;
        while (at < length) {
            int start = at;
            while (at < length && (isWord(text.codePointAt(at)) || isJoint(text.charAt(at)))) {
                at += Character.charCount(text.codePointAt(at));
            }
            if (at > start) {
                words.addAll(chunk(text.substring(start, at)));
            } else {
                int point = text.codePointAt(at);
                if (isPicture(point)) {
                    String term = "emoji" + Integer.toHexString(point);
                    words.add(new Word(Character.toString(point), Word.Kind.PICTURE, term, List.of()));
                }
                at += Character.charCount(point);
            }
        }
        return words;
    }

    private static boolean isPicture(int point) {
        return point >= FIRST_PICTURE && point != REPLACEMENT && Character.getType(point) == Character.OTHER_SYMBOL;
    }

    /** Returns the words of a run of characters between blanks and signs that join nothing. */
    private List<Word> chunk(String chunk) {
        List<Word> known = CACHE.of(chunk);
        if (known == null) {
            List<Word> words = new ArrayList<>();
            chunk(chunk, words);
            known = List.copyOf(words);
            CACHE.keep(chunk, known);
        }
        return known;
    }

    private void chunk(String chunk, List<Word> words) {
        List<String> parts = split(chunk);
        for (String part : parts) {
            part(part, words);
        }
        String joined = parts.size() > 1 ? joined(chunk, parts) : symbolic(chunk, parts);
        if (!joined.isEmpty()) {
            Set<String> forms = new LinkedHashSet<>();
            if (SEGMENTS.matcher(chunk).find()) {
                pathForms(chunk, forms);
            } else if (parts.size() > 1) {
                withoutExtension(chunk, forms);
            }
            forms.remove(joined);
            forms.remove("");
            words.add(new Word(chunk, Word.Kind.JOINED, joined, List.copyOf(forms)));
        }
    }

    /**
     * Adds the joined form of each name on the path, of the last one without its extension, and of the last two
     * together.
     */
    private void pathForms(String path, Set<String> forms) {
        String[] segments = SEGMENTS.split(path, -1);
        for (String segment : segments) {
            List<String> parts = split(segment);
            if (parts.size() > 1) {
                forms.add(joined(segment, parts));
            }
        }
        String last = segments.length == 0 ? "" : segments[segments.length - 1];
        withoutExtension(last, forms);
        if (segments.length > 2) {
            String lastTwo = segments[segments.length - 2] + "/" + last;
            forms.add(joined(lastTwo, split(lastTwo)));
        }
    }

    private void withoutExtension(String name, Set<String> forms) {
        int dot = name.lastIndexOf('.');
        if (dot > 0) {
            String stem = name.substring(0, dot);
            forms.add(joined(stem, split(stem)));
        }
    }

    private static String joined(String chunk, List<String> parts) {
        return chunk.length() > MAX_TERM_CHARACTERS * 2 ? "" : truncate(plain(String.join("", parts)));
    }

    /** Returns the term for a name like C++ or C#, of which the signs are most; empty for any other. */
    private static String symbolic(String chunk, List<String> parts) {
        if (parts.size() != 1 || parts.get(0).length() > 2) {
            return "";
        }
        return chunk.endsWith("++")
                ? plain(parts.get(0)) + "plusplus"
                : chunk.endsWith("#") ? plain(parts.get(0)) + "sharp" : "";
    }

    private void part(String part, List<Word> words) {
        int at = 0;
        while (at < part.length()) {
            boolean dense = hasNoBlanks(part.codePointAt(at));
            int start = at;
            while (at < part.length() && hasNoBlanks(part.codePointAt(at)) == dense) {
                at += Character.charCount(part.codePointAt(at));
            }
            String run = part.substring(start, at);
            if (dense) {
                pairs(run, words);
            } else {
                plain(run, words);
            }
        }
    }

    private void plain(String word, List<Word> words) {
        String lower = plain(word);
        if (lower.isEmpty()) {
            return;
        }
        String term = truncate(stem(lower));
        List<String> parts = parts(word);
        Set<String> variants = new LinkedHashSet<>();
        String umlauts = spelledOut(word);
        if (!umlauts.isEmpty()) {
            variants.add(truncate(stem(umlauts)));
        }
        if (parts.size() > 1) {
            variants.add(truncate(lower));
        }
        variants.remove(term);
        words.add(new Word(word, Word.Kind.PLAIN, term, List.copyOf(variants)));
        String beginning = prefix(lower);
        if (!beginning.isEmpty()) {
            words.add(new Word(word, Word.Kind.PREFIX, beginning, List.of()));
        }
        if (parts.size() > 1) {
            for (String part : parts) {
                String bare = plain(part);
                if (!bare.isEmpty()) {
                    words.add(new Word(part, Word.Kind.PART, truncate(stem(bare)), List.of()));
                }
            }
        }
    }

    /**
     * Returns the prefix term of a long word, because compounds and endings that no stemmer knows begin alike; empty
     * for a short one.
     */
    private static String prefix(String lower) {
        return lower.length() >= PREFIX_CHARACTERS && lower.codePoints().allMatch(Character::isLetter)
                ? lower.substring(0, PREFIX_CHARACTERS) + "_"
                : "";
    }

    private static void pairs(String run, List<Word> words) {
        int[] points =
                Normalizer.normalize(run, Normalizer.Form.NFKC).codePoints().toArray();
        if (points.length == 1) {
            words.add(new Word(run, Word.Kind.PAIR, new String(points, 0, 1), List.of()));
        }
        for (int i = 0; i + 1 < points.length; i++) {
            words.add(new Word(run, Word.Kind.PAIR, new String(points, i, 2), List.of()));
        }
        for (int i = 0; i < points.length && points.length > 1; i++) {
            if (Character.UnicodeScript.of(points[i]) == Character.UnicodeScript.HAN) {
                words.add(new Word(run, Word.Kind.CHARACTER, new String(points, i, 1), List.of()));
            }
        }
    }

    /** Splits a word where the case changes or digits begin or end: HTTPServer2 is HTTP, Server and 2. */
    static List<String> parts(String word) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 1; i < word.length(); i++) {
            char before = word.charAt(i - 1);
            char here = word.charAt(i);
            boolean begins = i + 1 < word.length() && Character.isLowerCase(word.charAt(i + 1));
            boolean hump = Character.isUpperCase(here)
                    && (Character.isLowerCase(before) || (Character.isUpperCase(before) && begins));
            if (hump || Character.isDigit(before) != Character.isDigit(here)) {
                parts.add(word.substring(start, i));
                start = i;
            }
        }
        parts.add(word.substring(start));
        return parts.size() > 8 ? List.of(word) : parts; // a hash, not a name
    }

    private static List<String> split(String chunk) {
        List<String> parts = new ArrayList<>();
        int start = -1;
        for (int i = 0; i < chunk.length(); i++) {
            if (isJoint(chunk.charAt(i))) {
                if (start >= 0) {
                    parts.add(chunk.substring(start, i));
                }
                start = -1;
            } else if (start < 0) {
                start = i;
            }
        }
        if (start >= 0) {
            parts.add(chunk.substring(start));
        }
        return parts;
    }

    private String stem(String lower) {
        for (int i = 0; i < lower.length(); i++) {
            if (lower.charAt(i) < 'a' || lower.charAt(i) > 'z') {
                return lower;
            }
        }
        if (lower.length() < 4 || lower.length() > MAX_TERM_CHARACTERS) {
            return lower;
        }
        String other = UNLIKE_THEIR_STEM.get(lower);
        return other == null ? stemmer.stem(lower) : other;
    }

    /** Returns the word in lower case without accents. */
    static String plain(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        for (int i = 0; i < lower.length(); i++) {
            if (lower.charAt(i) >= 128) {
                String bare = COMBINING_MARKS
                        .matcher(Normalizer.normalize(lower, Normalizer.Form.NFKD))
                        .replaceAll("");
                return letters(bare.replace("ß", "ss").replace('ı', 'i').toLowerCase(Locale.ROOT));
            }
        }
        return lower;
    }

    /** Removes signs that a compatibility form may have brought. */
    private static String letters(String text) {
        return text.chars().allMatch(c -> c >= 128 || Character.isLetterOrDigit(c))
                ? text
                : text.replaceAll("[\\x00-\\x7f&&[^a-z0-9]]", "");
    }

    /** Returns the word with ae for ä and so on; empty if it has no umlaut. */
    private static String spelledOut(String word) {
        String lower = Normalizer.normalize(word, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        if (lower.indexOf('ä') < 0 && lower.indexOf('ö') < 0 && lower.indexOf('ü') < 0) {
            return "";
        }
        return plain(lower.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue"));
    }

    private static String truncate(String term) {
        if (term.length() <= MAX_TERM_CHARACTERS) {
            return term;
        }
        int end = Character.isHighSurrogate(term.charAt(MAX_TERM_CHARACTERS - 1))
                ? MAX_TERM_CHARACTERS - 1
                : MAX_TERM_CHARACTERS;
        return term.substring(0, end);
    }

    private static boolean isWord(int point) {
        if (point < 128) {
            return (point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z') || (point >= '0' && point <= '9');
        }
        return switch (Character.getType(point)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.LETTER_NUMBER,
                    Character.OTHER_NUMBER,
                    Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK -> true;
            default -> false;
        };
    }

    private static boolean isJoint(char c) {
        return (c < 'A' || c > 'z' || c == '_' || c == '\\') && JOINTS.indexOf(c) >= 0; // most are letters
    }

    /** Returns whether the character is of a script without blanks between words. */
    private static boolean hasNoBlanks(int point) {
        if (point < 0x0E00) {
            return false;
        }
        return switch (Character.UnicodeScript.of(point)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL, THAI, LAO, KHMER, MYANMAR, BOPOMOFO -> true;
            default -> false;
        };
    }
}
