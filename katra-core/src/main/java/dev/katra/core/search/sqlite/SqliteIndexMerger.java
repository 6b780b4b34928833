package dev.katra.core.search.sqlite;

import dev.katra.core.search.IndexMerger;
import dev.katra.core.search.StoredTexts;
import dev.katra.core.search.TextIndex;
import dev.katra.core.store.Reads;
import dev.katra.core.store.Writes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Service;

/**
 * Merges the segments of FTS5 indexes. Every write adds a segment, FTS5 merges four of about the same size, and a search
 * looks for each of its words in all that are left.
 */
@Service
class SqliteIndexMerger implements IndexMerger, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(SqliteIndexMerger.class);

    /** The number of pages that one write merges: some milliseconds of work, after which others may write. */
    private static final int PAGES = 50;

    /** The number of segments from which merging is worth it; fewer are fast enough. */
    private static final int SEGMENTS = 3;

    /**
     * The smallest share of the pages outside the largest segment that is worth merging, for all pages are written
     * again.
     */
    private static final double MIN_SHARE = 0.05;

    private final Reads reads;
    private final Writes writes;
    private final List<Fts5Index> indexes;
    private final Map<Fts5Index, TextIndex.IndexSize> seen = new HashMap<>();
    private final Map<Fts5Index, TextIndex.IndexSize> merged = new HashMap<>();
    private volatile boolean stopping;

    SqliteIndexMerger(SqliteTextIndexes indexes, Reads reads, Writes writes, List<StoredTexts> texts) {
        this.reads = reads;
        this.writes = writes;
        this.indexes = texts.stream().map(each -> indexes.of(each.name())).toList();
    }

    @Override
    public void mergeIfIdle() {
        indexes.forEach(this::mergeIfIdle);
    }

    private void mergeIfIdle(Fts5Index index) {
        try {
            TextIndex.IndexSize size = size(index);
            boolean quiet = size.equals(seen.put(index, size));
            if (quiet && !size.equals(merged.put(index, size)) && !merge(index, size)) {
                merged.remove(index);
            }
        } catch (RuntimeException | LinkageError e) {
            if (!stopping) {
                LOG.warn("merging an index of the search failed", e);
            }
        }
    }

    /** Merges the index if it is worth it; returns false if that was interrupted. */
    private boolean merge(Fts5Index index, TextIndex.IndexSize size) {
        Fts5Index.PageCounts pages = reads.run(index::pages);
        if (pages.segments() < SEGMENTS || pages.all() - pages.largest() < MIN_SHARE * pages.all()) {
            return true;
        }
        return index.merge(writes, PAGES, () -> size(index).equals(size) && !stopping);
    }

    private TextIndex.IndexSize size(Fts5Index index) {
        return reads.run(index::size);
    }

    @Override
    public void destroy() {
        stopping = true;
    }
}
