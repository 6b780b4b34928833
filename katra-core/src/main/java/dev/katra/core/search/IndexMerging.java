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
 * Merges the segments of the indexes while nobody writes to them, whenever it is told to look. Every write adds a
 * segment, FTS5 merges four of about the same size, and a search looks for each of its words in all that are left.
 */
@Service
public class IndexMerging implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(IndexMerging.class);

    /** Some milliseconds of work, after which others may write. */
    private static final int PAGES = 50;

    /** Fewer segments than that are fast enough. */
    private static final int SEGMENTS = 3;

    /** All pages are written again: not for less than that share of them. */
    private static final double LEAST_SHARE = 0.05;

    private final Reads reads;
    private final Writes writes;
    private final List<TextIndex> indexes;
    private final Map<TextIndex, TextIndex.Size> seen = new HashMap<>();
    private final Map<TextIndex, TextIndex.Size> merged = new HashMap<>();
    private volatile boolean stopping;

    IndexMerging(JdbcClient jdbc, Reads reads, Writes writes, List<Searchable> searchables) {
        this.reads = reads;
        this.writes = writes;
        this.indexes = searchables.stream()
                .map(each -> new TextIndex(jdbc, each.name()))
                .toList();
    }

    /**
     * Merges what has neither grown nor shrunk since the last look, if it is worth it; what fails, not again until it has.
     * Not for several threads. Throws nothing.
     */
    public void look() {
        indexes.forEach(this::look);
    }

    private void look(TextIndex index) {
        try {
            TextIndex.Size size = size(index);
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

    /** False if it was interrupted. */
    private boolean merge(TextIndex index, TextIndex.Size size) {
        TextIndex.Pages pages = reads.run(index::pages);
        if (pages.segments() < SEGMENTS || pages.all() - pages.largest() < LEAST_SHARE * pages.all()) {
            return true;
        }
        return index.merge(writes, PAGES, () -> size(index).equals(size) && !stopping);
    }

    private TextIndex.Size size(TextIndex index) {
        return reads.run(index::size);
    }

    @Override
    public void destroy() {
        stopping = true;
    }
}
