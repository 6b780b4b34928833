package dev.katra.core.search;

import dev.katra.core.store.Reads;
import dev.katra.core.store.Writes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Merges the segments of the indexes while nobody writes to them, each time it is called. Every write adds a segment,
 * FTS5 merges four of about the same size, and a search looks for each of its words in all that are left.
 */
@Service
public class IndexMerger implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(IndexMerger.class);

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
    private final List<TextIndex> indexes;
    private final Map<TextIndex, TextIndex.IndexSize> seen = new HashMap<>();
    private final Map<TextIndex, TextIndex.IndexSize> merged = new HashMap<>();
    private volatile boolean stopping;

    IndexMerger(JdbcClient jdbc, Reads reads, Writes writes, List<Searchable> searchables) {
        this.reads = reads;
        this.writes = writes;
        this.indexes = searchables.stream()
                .map(each -> new TextIndex(jdbc, each.name()))
                .toList();
    }

    /**
     * Merges each index that has not changed since the last call, if it is worth it; one that could not be merged is
     * tried again only after it has changed. Must not be called by several threads at once. Throws nothing.
     */
    public void mergeIfIdle() {
        indexes.forEach(this::mergeIfIdle);
    }

    private void mergeIfIdle(TextIndex index) {
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
    private boolean merge(TextIndex index, TextIndex.IndexSize size) {
        TextIndex.PageCounts pages = reads.run(index::pages);
        if (pages.segments() < SEGMENTS || pages.all() - pages.largest() < MIN_SHARE * pages.all()) {
            return true;
        }
        return index.merge(writes, PAGES, () -> size(index).equals(size) && !stopping);
    }

    private TextIndex.IndexSize size(TextIndex index) {
        return reads.run(index::size);
    }

    @Override
    public void destroy() {
        stopping = true;
    }
}
