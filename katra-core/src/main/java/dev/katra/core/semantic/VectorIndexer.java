package dev.katra.core.semantic;

import dev.katra.core.concurrent.Threads;
import dev.katra.core.memory.MemoryVectors;
import dev.katra.core.memory.SemanticIndex.Neighbour;
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
 * Indexes memories with one embedder: its thread loads the stored vectors, computes those that are missing, and then
 * those of new memories. It pauses as long as it computes, so that it takes half of one processor at most. It returns
 * no neighbours before all memories of its start have a vector, so that a ranking does not depend on its progress.
 */
final class VectorIndexer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(VectorIndexer.class);

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
    /** The lock that is held for reading while the embedder is in use, and for writing while it is closed. */
    private final ReadWriteLock use = new ReentrantReadWriteLock();

    private volatile boolean closed;
    private volatile boolean complete;
    private volatile @Nullable String failure;
    private long lastEmbedded;

    VectorIndexer(Embedder embedder, MemoryVectors stored, int most) {
        this.embedder = embedder;
        this.stored = stored;
        this.most = most;
        this.table = new VectorTable(embedder.dimensions(), most);
        this.thread = Threads.daemon("katra-semantic", this::run);
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

    /** Returns the message of the error that keeps it from going on; null if there is none. */
    @Nullable
    String failure() {
        return failure;
    }

    int vectors() {
        return table.size();
    }

    void wake() {
        changes.release();
    }

    void forget(Collection<Long> numbers) {
        forgotten.addAll(numbers);
        changes.release();
    }

    Optional<List<Neighbour>> nearest(String text, LongPredicate allowed, int wanted) {
        // While another thread closes the embedder, this one would wait, though recall can go by the words.
        if (!complete || !use.readLock().tryLock()) {
            return Optional.empty();
        }
        try {
            if (closed) {
                return Optional.empty();
            }
            byte[] query = ByteVectors.quantize(embedder.embedQuestion(text));
            double unrelated = embedder.unrelatedCosine();
            double range = embedder.answeringCosine() - unrelated;
            return Optional.of(table.nearest(query, allowed, wanted, unrelated).stream()
                    .map(each -> new Neighbour(each.number(), (each.cosine() - unrelated) / range))
                    .toList());
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("a question could not be embedded; recall goes by its words", e);
            return Optional.empty();
        } finally {
            use.readLock().unlock();
        }
    }

    /** Ends the thread after the text that it is computing, and then closes the embedder. */
    @Override
    public void close() {
        closed = true;
        changes.release();
        boolean interrupted = Threads.joinUninterruptibly(thread);
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
        lastEmbedded = stored.numberBeforeNewest(most);
        long last = lastEmbedded;
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
        List<MemoryVectors.PendingMemory> waiting = stored.pending(embedder.id(), lastEmbedded, BATCH);
        while (!closed && !waiting.isEmpty()) {
            Map<Long, byte[]> vectors = new LinkedHashMap<>();
            for (MemoryVectors.PendingMemory memory : waiting) {
                if (!closed) {
                    long start = System.nanoTime();
                    vectors.put(memory.number(), ByteVectors.quantize(embedder.embedText(memory.textToEmbed())));
                    LockSupport.parkNanos(System.nanoTime() - start);
                }
            }
            stored.store(embedder.id(), vectors);
            vectors.forEach((number, vector) -> {
                table.add(number, vector);
                lastEmbedded = number;
            });
            dropForgotten();
            waiting = stored.pending(embedder.id(), lastEmbedded, BATCH);
        }
    }

    /**
     * Removes forgotten memories from the table. It comes after adding: a memory that was forgotten before its vector
     * was stored has been reported by then.
     */
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
