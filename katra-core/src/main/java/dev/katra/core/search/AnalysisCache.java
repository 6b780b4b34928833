package dev.katra.core.search;

import dev.katra.core.concurrent.BoundedCache;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Caches the words of recently analysed runs of characters: texts repeat them, and stemming is most of the work. */
final class AnalysisCache {

    private static final int MAX_ENTRIES = 16_000;

    /** The largest number of characters of a cached run; longer ones are seldom repeated. */
    private static final int MAX_CHARACTERS = 24;

    private final BoundedCache<String, List<Word>> cache = new BoundedCache<>(MAX_ENTRIES);

    @Nullable
    List<Word> of(String chunk) {
        return cache.get(chunk);
    }

    /** Caches the words of a run, unless it is long. */
    void keep(String chunk, List<Word> words) {
        if (chunk.length() <= MAX_CHARACTERS) {
            cache.put(chunk, words);
        }
    }
}
