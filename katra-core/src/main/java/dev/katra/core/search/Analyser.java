package dev.katra.core.search;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import opennlp.tools.stemmer.PorterStemmer;

/**
 * Cuts texts into words: lower case, without accents, stemmed; with the parts and joined forms of identifiers, paths and
 * versions, and pairs of characters where a script has no blanks. Terms consist of lower-case letters and digits. Not for
 * several threads.
 */
final class Analyser {

    /** To be raised with every change of what comes out: the indexes are filled anew then. */
    static final int VERSION = 2;

    static final int LONGEST_TERM = 64;
    private static final int BEGINNING = 5;
    private static final String JOINTS = "_-./\\:@+#'’$~";
    private static final Pattern SEGMENTS = Pattern.compile("[/\\\\]|::");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private static final CutWords LATELY = new CutWords();

    private final PorterStemmer stemmer = new PorterStemmer();

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
                at += Character.charCount(text.codePointAt(at));
            }
        }
        return words;
    }

    /** What stands between blanks and signs that join nothing. */
    private List<Word> chunk(String chunk) {
        List<Word> known = LATELY.of(chunk);
        if (known == null) {
            List<Word> words = new ArrayList<>();
            chunk(chunk, words);
            known = List.copyOf(words);
            LATELY.keep(chunk, known);
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

    /** Each name on the way, the last one without its extension, and the last two together. */
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
        return chunk.length() > LONGEST_TERM * 2 ? "" : cut(plain(String.join("", parts)));
    }

    /** C++ and C#, whose signs are all that they have. */
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
            boolean dense = isDense(part.codePointAt(at));
            int start = at;
            while (at < part.length() && isDense(part.codePointAt(at)) == dense) {
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
        String term = cut(stem(lower));
        List<String> parts = parts(word);
        Set<String> variants = new LinkedHashSet<>();
        String umlauts = umlauts(word);
        if (!umlauts.isEmpty()) {
            variants.add(cut(stem(umlauts)));
        }
        if (parts.size() > 1) {
            variants.add(cut(lower));
        }
        variants.remove(term);
        words.add(new Word(word, Word.Kind.PLAIN, term, List.copyOf(variants)));
        String beginning = beginning(lower);
        if (!beginning.isEmpty()) {
            words.add(new Word(word, Word.Kind.BEGINNING, beginning, List.of()));
        }
        if (parts.size() > 1) {
            for (String part : parts) {
                String bare = plain(part);
                if (!bare.isEmpty()) {
                    words.add(new Word(part, Word.Kind.PART, cut(stem(bare)), List.of()));
                }
            }
        }
    }

    /** Of a long word: compounds and endings that no stemmer knows begin alike. */
    private static String beginning(String lower) {
        return lower.length() >= BEGINNING && lower.codePoints().allMatch(Character::isLetter)
                ? lower.substring(0, BEGINNING) + "_"
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
    }

    /** Where the case changes or digits begin or end: HTTPServer2 is HTTP, Server and 2. */
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
        return lower.length() < 4 || lower.length() > LONGEST_TERM ? lower : stemmer.stem(lower);
    }

    /** Lower case without accents. */
    static String plain(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        for (int i = 0; i < lower.length(); i++) {
            if (lower.charAt(i) >= 128) {
                String bare = MARKS.matcher(Normalizer.normalize(lower, Normalizer.Form.NFKD))
                        .replaceAll("");
                return letters(bare.replace("ß", "ss").replace('ı', 'i').toLowerCase(Locale.ROOT));
            }
        }
        return lower;
    }

    /** Compatibility forms may have brought signs. */
    private static String letters(String text) {
        return text.chars().allMatch(c -> c >= 128 || Character.isLetterOrDigit(c))
                ? text
                : text.replaceAll("[\\x00-\\x7f&&[^a-z0-9]]", "");
    }

    /** The word with ae for ä and so on; empty if it has none. */
    private static String umlauts(String word) {
        String lower = Normalizer.normalize(word, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        if (lower.indexOf('ä') < 0 && lower.indexOf('ö') < 0 && lower.indexOf('ü') < 0) {
            return "";
        }
        return plain(lower.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue"));
    }

    private static String cut(String term) {
        if (term.length() <= LONGEST_TERM) {
            return term;
        }
        int end = Character.isHighSurrogate(term.charAt(LONGEST_TERM - 1)) ? LONGEST_TERM - 1 : LONGEST_TERM;
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

    /** Of a script without blanks between words. */
    private static boolean isDense(int point) {
        if (point < 0x0E00) {
            return false;
        }
        return switch (Character.UnicodeScript.of(point)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL, THAI, LAO, KHMER, MYANMAR, BOPOMOFO -> true;
            default -> false;
        };
    }
}
