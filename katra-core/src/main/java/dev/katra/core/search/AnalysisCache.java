package dev.katra.core.search;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Caches the words of recently analysed runs of characters: texts repeat them, and stemming is most of the work. */
final class AnalysisCache {

    private static final int GENERATION_SIZE = 8_000;

    /** The largest number of characters of a cached run; longer ones are seldom repeated. */
    private static final int MAX_CHARACTERS = 24;

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

    /**
     * Caches the words of a run. An entry is dropped when nobody has asked for it while a whole generation of others
     * was added.
     */
    void keep(String chunk, List<Word> words) {
        if (chunk.length() > MAX_CHARACTERS) {
            return;
        }
        if (young.size() >= GENERATION_SIZE) {
            old = young;
            young = new ConcurrentHashMap<>();
        }
        young.put(chunk, words);
    }
}
