package dev.katra.core.search;

import dev.katra.core.concurrent.Threads;
import dev.katra.core.search.TextIndex.Filling;
import dev.katra.core.store.Reads;
import dev.katra.core.store.Writes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Service;

/**
 * Fills the indexes from the stored texts: in the background when they are new, were made by another version of the
 * analysis or were left half filled; and when asked to. Others write between its batches, and the search goes on,
 * finding what is indexed so far.
 */
@Service
public class IndexBuilder implements SmartInitializingSingleton, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(IndexBuilder.class);

    /** The number of texts that one write indexes at most. */
    private static final int BATCH = 200;

    /** The longest time by which filling the indexes delays a start; a small store is filled by then. */
    private static final Duration MAX_START_DELAY = Duration.ofMillis(500);

    private final TextIndexes indexes;
    private final Reads reads;
    private final Writes writes;
    private final List<Searchable> searchables;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final Object oneAtATime = new Object();
    private volatile boolean complete;
    private @Nullable Thread thread;

    IndexBuilder(TextIndexes indexes, Reads reads, Writes writes, List<Searchable> searchables) {
        this.indexes = indexes;
        this.reads = reads;
        this.writes = writes;
        this.searchables = List.copyOf(searchables);
    }

    /**
     * Tells how far the filling of an index has come.
     *
     * @param index the name of the index: memory or message
     * @param done the number of rows that were looked at
     * @param all the number of rows there are
     */
    public record Progress(String index, long done, long all) {}

    /** Receives the progress after every batch. */
    public interface Listener {
        /** Receives how far the filling has come. */
        void progress(Progress progress);
    }

    /** Returns whether everything that is stored can be found. */
    public boolean isComplete() {
        return complete;
    }

    /** Empties the indexes and fills them anew; returns when that is done, or when the store is closed. */
    public void rebuild(Listener listener) {
        rebuildAfter(() -> {}, listener);
    }

    /**
     * Changes something that the indexes hold besides the texts, empties the indexes in the same write, and fills them
     * anew.
     */
    public void rebuildAfter(Runnable change, Listener listener) {
        synchronized (oneAtATime) {
            searchables.forEach(each -> clear(each, () -> true));
            writes.run(() -> {
                change.run();
                complete = false;
                searchables.forEach(this::empty);
                return true;
            });
            finish(listener, () -> !stopping.get());
        }
    }

    @Override
    public void afterSingletonsInstantiated() {
        for (Searchable each : searchables) {
            if (filling(each).version() == Analyser.VERSION) {
                putBack(each);
            } else {
                clear(each, () -> true);
                writes.run(() -> {
                    empty(each);
                    return true;
                });
            }
        }
        complete = isFilled();
        if (complete && isClear()) {
            return;
        }
        LOG.info("filling the indexes of the search");
        long until = System.nanoTime() + MAX_START_DELAY.toNanos();
        if (finish(progress -> {}, () -> System.nanoTime() - until < 0)) {
            return;
        }
        Thread filling = Threads.daemon("katra-index", this::background);
        thread = filling;
        filling.start();
    }

    /** Indexes those rows whole again that a server had begun to remove when it was killed. */
    private void putBack(Searchable searchable) {
        TextIndex index = index(searchable);
        for (long id : reads.run(index::begun)) {
            CutTexts cut = new CutTexts();
            cut.complete(() -> writes.run(() -> putBack(searchable, index, id, cut)));
        }
    }

    private static @Nullable Boolean putBack(Searchable searchable, TextIndex index, long id, CutTexts cut) {
        IndexedText text = searchable.texts().row(id).orElseThrow().text();
        if (!index.remove(id, cut.parts(text))) {
            return null;
        }
        if (index.isIndexed(id)) {
            searchable.index(id, cut.terms(text));
        }
        return true;
    }

    private void background() {
        synchronized (oneAtATime) {
            try {
                if (finish(progress -> {}, () -> !stopping.get())) {
                    LOG.info("the indexes of the search are filled");
                }
            } catch (RuntimeException | LinkageError e) {
                LOG.error("filling the indexes of the search failed; the next start goes on with it", e);
            }
        }
    }

    /** Clears and fills the indexes as long as it goes on, and returns whether that is done. */
    private boolean finish(Listener listener, BooleanSupplier goesOn) {
        for (Searchable each : searchables) {
            clear(each, goesOn);
            fill(each, listener, goesOn);
        }
        complete = isFilled();
        return complete && isClear();
    }

    private void clear(Searchable searchable, BooleanSupplier goesOn) {
        TextIndex index = index(searchable);
        boolean clear = reads.run(index::isClear);
        while (!clear && goesOn.getAsBoolean()) {
            clear = writes.run(() -> Writes.inSlice(index::clear));
        }
    }

    private void fill(Searchable searchable, Listener listener, BooleanSupplier goesOn) {
        Filling state = filling(searchable);
        if (state.isComplete()) {
            return;
        }
        while (!state.isComplete() && goesOn.getAsBoolean()) {
            state = fillNext(searchable, state, listener, goesOn);
        }
        if (state.isComplete()) {
            index(searchable).tidy(writes, () -> !stopping.get());
        }
    }

    private boolean isFilled() {
        return searchables.stream().allMatch(each -> filling(each).isComplete());
    }

    private boolean isClear() {
        return reads.run(() -> searchables.stream().allMatch(each -> index(each).isClear()));
    }

    /** Empties an index; from here on, whoever stores a text indexes it. Must be called inside a write. */
    private void empty(Searchable searchable) {
        index(searchable).empty(Analyser.VERSION, searchable.texts().highestId());
    }

    /**
     * Analyses the next texts, and indexes them in as many slices as it takes. A text that others change meanwhile is
     * analysed again.
     */
    private Filling fillNext(Searchable searchable, Filling before, Listener listener, BooleanSupplier goesOn) {
        List<StoredTexts.Row> rows = reads.run(() -> searchable.texts().rows(before.filled(), before.last(), BATCH));
        CutTexts cut = CutTexts.ofRows(rows);
        long last = rows.isEmpty() ? before.last() : rows.get(rows.size() - 1).id();
        Filling state = before;
        while (state.filled() < last && goesOn.getAsBoolean()) {
            state = cut.complete(() -> writes.run(() -> index(searchable, last, cut)));
            listener.progress(
                    new Progress(searchable.texts().name(), Math.min(state.filled(), state.last()), state.last()));
        }
        return state;
    }

    private Filling index(Searchable searchable, long last, CutTexts cut) {
        TextIndex index = index(searchable);
        Filling state = index.filling();
        Deque<StoredTexts.Row> rows = new ArrayDeque<>(searchable.texts().rows(state.filled(), last, BATCH));
        long filled = rows.isEmpty() ? last : indexed(searchable, rows, cut);
        index.noteFilled(filled);
        return new Filling(state.version(), filled, state.last());
    }

    /** Indexes rows until the slice is over, and returns the id of the last. */
    private static long indexed(Searchable searchable, Deque<StoredTexts.Row> rows, CutTexts cut) {
        AtomicLong filled = new AtomicLong();
        var unused = Writes.inSlice(() -> {
            StoredTexts.Row row = rows.remove();
            searchable.index(row.id(), cut.terms(row.text()));
            filled.set(row.id());
            return rows.isEmpty();
        });
        return filled.get();
    }

    private TextIndex index(Searchable searchable) {
        return indexes.of(searchable.texts().name());
    }

    private Filling filling(Searchable searchable) {
        return reads.run(() -> index(searchable).filling());
    }

    /** Ends the filling after its batch; the next start goes on with it. */
    @Override
    public void destroy() {
        stopping.set(true);
        Thread filling = thread;
        if (filling != null && Threads.joinUninterruptibly(filling)) {
            Thread.currentThread().interrupt();
        }
    }
}
