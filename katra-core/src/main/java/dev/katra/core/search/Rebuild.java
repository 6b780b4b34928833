package dev.katra.core.search;

import dev.katra.core.store.Reads;
import dev.katra.core.store.Threads;
import dev.katra.core.store.Writes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Fills the indexes from the stored texts: in the background when they are new, were made by another version of the
 * analysis or were left half filled; and when asked. Others write between its batches, and the search goes on, finding
 * what is indexed so far.
 */
@Service
public class Rebuild implements SmartInitializingSingleton, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(Rebuild.class);
    private static final int BATCH = 200;
    private static final int MERGED_PAGES = 200;

    /** A start takes so much longer at most; a small store is filled by then. */
    private static final Duration AT_START = Duration.ofMillis(500);

    private final JdbcClient jdbc;
    private final Reads reads;
    private final Writes writes;
    private final List<Searchable> searchables;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final Object oneAtATime = new Object();
    private volatile boolean complete;
    private @Nullable Thread thread;

    Rebuild(JdbcClient jdbc, Reads reads, Writes writes, List<Searchable> searchables) {
        this.jdbc = jdbc;
        this.reads = reads;
        this.writes = writes;
        this.searchables = List.copyOf(searchables);
    }

    /**
     * How far it is.
     *
     * @param index memory or message
     * @param done how many rows it has looked at
     * @param all how many there are
     */
    public record Progress(String index, long done, long all) {}

    /** Hears of every batch. */
    public interface Listener {
        /** That much is done. */
        void progress(Progress progress);
    }

    private record State(int version, long filled, long last) {
        boolean complete() {
            return version == Analyser.VERSION && filled >= last;
        }
    }

    /** True if all that is stored can be found. */
    public boolean complete() {
        return complete;
    }

    /** Empties the indexes and fills them anew; returns when that is done, or when the store is closed. */
    public void all(Listener listener) {
        synchronized (oneAtATime) {
            complete = false;
            searchables.forEach(this::begin);
            fill(listener, Long.MAX_VALUE);
        }
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<Searchable> stale = searchables.stream()
                .filter(each -> reads.run(() -> state(each)).version() != Analyser.VERSION)
                .toList();
        stale.forEach(this::begin);
        if (searchables.stream().allMatch(each -> reads.run(() -> state(each)).complete())) {
            complete = true;
            return;
        }
        LOG.info("filling the indexes of the search");
        fill(progress -> {}, System.nanoTime() + AT_START.toNanos());
        if (complete) {
            return;
        }
        Thread filling = new Thread(this::background, "katra-index");
        filling.setDaemon(true);
        thread = filling;
        filling.start();
    }

    private void background() {
        synchronized (oneAtATime) {
            try {
                fill(progress -> {}, Long.MAX_VALUE);
                LOG.info("the indexes of the search are filled");
            } catch (RuntimeException | LinkageError e) {
                LOG.error("filling the indexes of the search failed; the next start goes on with it", e);
            }
        }
    }

    private void fill(Listener listener, long until) {
        for (Searchable searchable : searchables) {
            State state = reads.run(() -> state(searchable));
            boolean filling = !state.complete();
            while (!state.complete() && !stopping.get() && System.nanoTime() < until) {
                state = writes.run(() -> next(searchable));
                listener.progress(
                        new Progress(searchable.name(), Math.min(state.filled(), state.last()), state.last()));
            }
            if (filling && state.complete()) { // and many small segments, which are slow to search
                var unused = new TextIndex(jdbc, searchable.name()).merge(writes, MERGED_PAGES, () -> !stopping.get());
            }
        }
        complete = searchables.stream()
                .allMatch(each -> reads.run(() -> state(each)).complete());
    }

    /** Empties it. What is stored from here on is indexed by who stores it. */
    private void begin(Searchable searchable) {
        writes.run(() -> {
            String name = searchable.name();
            jdbc.sql("INSERT INTO " + name + "_index (" + name + "_index) VALUES ('delete-all')")
                    .update();
            return jdbc.sql("UPDATE index_state SET version = ?, filled = 0, last = ? WHERE name = ?")
                    .params(List.of(Analyser.VERSION, searchable.last(), name))
                    .update();
        });
    }

    private State next(Searchable searchable) {
        State state = state(searchable);
        List<Searchable.Row> rows = searchable.rows(state.filled(), state.last(), BATCH);
        rows.forEach(row -> searchable.index(row.id(), row.terms()));
        long filled = rows.isEmpty() ? state.last() : rows.get(rows.size() - 1).id();
        jdbc.sql("UPDATE index_state SET filled = ? WHERE name = ?")
                .params(List.of(filled, searchable.name()))
                .update();
        return new State(state.version(), filled, state.last());
    }

    private State state(Searchable searchable) {
        return jdbc.sql("SELECT version, filled, last FROM index_state WHERE name = ?")
                .param(searchable.name())
                .query((row, n) -> new State(row.getInt(1), row.getLong(2), row.getLong(3)))
                .single();
    }

    /** Ends the filling after its batch; the next start goes on with it. */
    @Override
    public void destroy() {
        stopping.set(true);
        Thread filling = thread;
        if (filling != null && Threads.joined(filling)) {
            Thread.currentThread().interrupt();
        }
    }
}
