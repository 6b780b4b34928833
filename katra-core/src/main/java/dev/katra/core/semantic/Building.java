package dev.katra.core.semantic;

import dev.katra.core.memory.MemoryVectors;
import dev.katra.core.memory.SemanticIndex.Near;
import dev.katra.core.store.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One embedder at work: a thread that loads the stored vectors, makes those that are missing, and then those of what is
 * written. It rests as long as it works, so that it takes half of one processor at most. It tells nothing before all that
 * was there has a vector, so that a ranking does not depend on how far it is.
 */
final class Building implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Building.class);

    private static final int PAGE = 2000;
    private static final int BATCH = 16;
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

    private final Embedder embedder;
    private final MemoryVectors stored;
    private final VectorTable table;
    private final int most;
    private final Thread thread;
    private final Semaphore changes = new Semaphore(0);
    private final ConcurrentLinkedQueue<Long> forgotten = new ConcurrentLinkedQueue<>();
    /** Held for reading while the embedder is in use, and for writing when it is closed. */
    private final ReadWriteLock use = new ReentrantReadWriteLock();

    private volatile boolean closed;
    private volatile boolean complete;
    private volatile @Nullable String failure;
    private long reached;

    Building(Embedder embedder, MemoryVectors stored, int most) {
        this.embedder = embedder;
        this.stored = stored;
        this.most = most;
        this.table = new VectorTable(embedder.dimensions(), most);
        this.thread = new Thread(this::run, "katra-semantic");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    Embedder embedder() {
        return embedder;
    }

    boolean complete() {
        return complete;
    }

    /** What keeps it from going on, until it does. */
    @Nullable
    String failure() {
        return failure;
    }

    int vectors() {
        return table.size();
    }

    void changed() {
        changes.release();
    }

    void forget(Collection<Long> numbers) {
        forgotten.addAll(numbers);
        changes.release();
    }

    Optional<List<Near>> nearest(String text, LongPredicate allowed, int wanted) {
        // A thread that closes it would make this one wait, and this one has an answer without it.
        if (!complete || !use.readLock().tryLock()) {
            return Optional.empty();
        }
        try {
            if (closed) {
                return Optional.empty();
            }
            byte[] query = Bytes.of(embedder.query(text));
            return Optional.of(table.nearest(query, allowed, wanted, embedder.unrelated()));
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("a question could not be embedded; recall goes by its words", e);
            return Optional.empty();
        } finally {
            use.readLock().unlock();
        }
    }

    /** Ends the thread after the text that it is at, and then closes the embedder. */
    @Override
    public void close() {
        closed = true;
        changes.release();
        boolean interrupted = Threads.joined(thread);
        use.writeLock().lock();
        try {
            embedder.close();
        } finally {
            use.writeLock().unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        boolean loaded = false;
        while (!closed) {
            try {
                if (!loaded) {
                    load();
                    loaded = true;
                }
                embedWaiting();
                complete = complete || !closed;
                failure = null;
                await();
            } catch (RuntimeException | LinkageError e) {
                if (!closed) {
                    LOG.warn("embedding memories failed; trying again in {}", AFTER_FAILURE, e);
                    failure = String.valueOf(e.getMessage());
                    pause();
                }
            }
        }
    }

    private void load() {
        reached = stored.before(most);
        long last = reached;
        List<Long> page = List.of(last);
        while (!closed && !page.isEmpty()) {
            Map<Long, byte[]> vectors = stored.page(embedder.id(), last, PAGE);
            vectors.forEach(table::add);
            page = List.copyOf(vectors.keySet());
            last = page.isEmpty() ? last : page.get(page.size() - 1);
        }
        dropForgotten();
    }

    private void embedWaiting() {
        List<MemoryVectors.Waiting> waiting = stored.waiting(embedder.id(), reached, BATCH);
        while (!closed && !waiting.isEmpty()) {
            Map<Long, byte[]> vectors = new LinkedHashMap<>();
            for (MemoryVectors.Waiting memory : waiting) {
                if (!closed) {
                    long start = System.nanoTime();
                    vectors.put(memory.number(), Bytes.of(embedder.passage(memory.text())));
                    LockSupport.parkNanos(System.nanoTime() - start);
                }
            }
            stored.store(embedder.id(), vectors);
            vectors.forEach((number, vector) -> {
                table.add(number, vector);
                reached = number;
            });
            dropForgotten();
            waiting = stored.waiting(embedder.id(), reached, BATCH);
        }
    }

    /** After adding: what was forgotten before it was stored has been reported by then. */
    private void dropForgotten() {
        List<Long> gone = new ArrayList<>();
        for (Long number = forgotten.poll(); number != null; number = forgotten.poll()) {
            gone.add(number);
        }
        if (!gone.isEmpty()) {
            table.remove(gone);
        }
    }

    private void await() {
        changes.acquireUninterruptibly();
        changes.drainPermits();
        dropForgotten();
    }

    private void pause() {
        try {
            if (changes.tryAcquire(AFTER_FAILURE.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS) && closed) {
                changes.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
