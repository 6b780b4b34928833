package dev.katra.core.search;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the words that were cut lately came to: texts repeat them, and stemming them again is most of the work. */
final class CutWords {

    private static final int GENERATION = 8_000;

    /** What is longer is seldom repeated. */
    private static final int LONGEST = 24;

    private volatile Map<String, List<Word>> young = new ConcurrentHashMap<>();
    private volatile Map<String, List<Word>> old = Map.of();

    @Nullable
    List<Word> of(String chunk) {
        List<Word> known = young.get(chunk);
        if (known == null) {
            known = old.get(chunk);
            if (known != null) {
                keep(chunk, known);
            }
        }
        return known;
    }

    /** What nobody has asked for since as many others were kept is dropped. */
    void keep(String chunk, List<Word> words) {
        if (chunk.length() > LONGEST) {
            return;
        }
        if (young.size() >= GENERATION) {
            old = young;
            young = new ConcurrentHashMap<>();
        }
        young.put(chunk, words);
    }
}
