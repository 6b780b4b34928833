package dev.katra.shell.semantic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Splits text into the tokens of a vocabulary, as BERT's uncased models want it: lower case, without accents,
 * punctuation and Chinese characters by themselves, and of each word the longest token first.
 */
final class WordPieceTokenizer {

    private static final int MAX_WORD_LENGTH = 100;
    private static final String CONTINUATION_PREFIX = "##";
    private static final String ASCII_PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    private final Map<String, Integer> vocabulary;
    private final int unknown;
    private final int first;
    private final int last;

    WordPieceTokenizer(Map<String, Integer> vocabulary) {
        this.vocabulary = Map.copyOf(vocabulary);
        this.unknown = id("[UNK]");
        this.first = id("[CLS]");
        this.last = id("[SEP]");
    }

    /** Reads a tokenizer from a model's file {@code tokenizer.json}. */
    static WordPieceTokenizer read(Path file) throws IOException {
        JsonNode pieces = JsonMapper.shared()
                .readTree(Files.readString(file))
                .path("model")
                .path("vocab");
        Map<String, Integer> vocabulary = new HashMap<>();
        pieces.properties()
                .forEach(
                        piece -> vocabulary.put(piece.getKey(), piece.getValue().asInt()));
        return new WordPieceTokenizer(vocabulary);
    }

    /** Returns the token ids of a text, between those that begin and end it; of a long text those of its beginning. */
    long[] tokenIds(String text, int most) {
        Ids ids = new Ids(most - 1);
        ids.add(first);
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < text.length() && !ids.full(); ) {
            int sign = text.codePointAt(i);
            i += Character.charCount(sign);
            if (isSpace(sign)) {
                add(word, ids);
            } else if (isPunctuation(sign) || isChinese(sign)) {
                add(word, ids);
                add(word.appendCodePoint(sign), ids);
            } else if (!isControl(sign)) {
                word.appendCodePoint(sign);
            }
        }
        add(word, ids);
        return ids.endedBy(last);
    }

    private void add(StringBuilder raw, Ids ids) {
        if (raw.isEmpty()) {
            return;
        }
        String plain = Normalizer.normalize(raw, Normalizer.Form.NFD)
                .replaceAll("\\p{Mn}", "")
                .toLowerCase(Locale.ROOT);
        raw.setLength(0);
        if (plain.isEmpty()) {
            return;
        }
        int start = ids.size();
        if (plain.codePointCount(0, plain.length()) > MAX_WORD_LENGTH) {
            ids.add(unknown);
            return;
        }
        for (int from = 0; from < plain.length(); ) {
            int to = longestPieceEnd(plain, from);
            if (to == from) {
                ids.cutTo(start);
                ids.add(unknown);
                return;
            }
            ids.add(id(piece(plain, from, to)));
            from = to;
        }
    }

    private int longestPieceEnd(String word, int from) {
        int to = word.length();
        while (to > from && !vocabulary.containsKey(piece(word, from, to))) {
            to = word.offsetByCodePoints(to, -1);
        }
        return to;
    }

    private static String piece(String word, int from, int to) {
        return (from == 0 ? "" : CONTINUATION_PREFIX) + word.substring(from, to);
    }

    private int id(String piece) {
        Integer id = vocabulary.get(piece);
        if (id == null) {
            throw new IllegalArgumentException("the vocabulary has no " + piece);
        }
        return id;
    }

    private static boolean isSpace(int sign) {
        return sign == '\t' || sign == '\n' || sign == '\r' || Character.isSpaceChar(sign);
    }

    private static boolean isControl(int sign) {
        int type = Character.getType(sign);
        return sign == 0xFFFD
                || type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.PRIVATE_USE
                || type == Character.SURROGATE
                || type == Character.UNASSIGNED;
    }

    private static boolean isPunctuation(int sign) {
        int type = Character.getType(sign);
        return ASCII_PUNCTUATION.indexOf(sign) >= 0
                || type == Character.CONNECTOR_PUNCTUATION
                || type == Character.DASH_PUNCTUATION
                || type == Character.START_PUNCTUATION
                || type == Character.END_PUNCTUATION
                || type == Character.INITIAL_QUOTE_PUNCTUATION
                || type == Character.FINAL_QUOTE_PUNCTUATION
                || type == Character.OTHER_PUNCTUATION;
    }

    private static boolean isChinese(int sign) {
        return Character.isIdeographic(sign) && Character.UnicodeScript.of(sign) == Character.UnicodeScript.HAN;
    }

    /** Collects ids up to a maximum number. */
    private static final class Ids {
        private final long[] ids;
        private int size;

        private Ids(int most) {
            ids = new long[most + 1]; // one more for the last
        }

        private void add(long id) {
            if (!full()) {
                ids[size++] = id;
            }
        }

        private boolean full() {
            return size == ids.length - 1;
        }

        private int size() {
            return size;
        }

        private void cutTo(int length) {
            size = length;
        }

        private long[] endedBy(long id) {
            ids[size] = id;
            return java.util.Arrays.copyOf(ids, size + 1);
        }
    }
}
