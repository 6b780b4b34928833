package dev.katra.core.store;

import dev.katra.core.concurrent.Threads;
import dev.katra.core.concurrent.Waiters;
import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/**
 * Runs every write to the store. A single thread takes what has arrived, runs it as one transaction with a
 * savepoint per item, and answers only after that transaction is on disk. An item that throws undoes itself alone; an
 * error of the disk fails every item of the batch. No network or process call belongs inside.
 */
public final class Writes implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Writes.class);
    private static final int BATCH = 256;

    /** The time that one part of a long write may take before other writes have their turn. */
    public static final Duration SLICE = Duration.ofMillis(20);

    /** Tells what a step of a long write has come to. */
    public enum Step {
        /** The item is done, and counts. */
        DONE,
        /** There was nothing to do with the item. */
        NOTHING,
        /** There is more to do with the same item. */
        MORE
    }

    /** The maximum time for which a refusal waits for a batch that runs. On a disk that answers it takes milliseconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final DataSourceTransactionManager transactions;
    private final Runnable discardConnection;
    private final StoreFaults faults;
    private final KatraHome home;
    private final BlockingQueue<Item<?>> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private final Object admission = new Object();
    private final Holds holds = new Holds();
    private boolean closed;
    private volatile @Nullable Failure refusal;
    /** The item that runs now; only the writer's thread uses it. */
    private @Nullable Item<?> current;

    Writes(DataSourceTransactionManager transactions, Runnable discardConnection, StoreFaults faults, KatraHome home) {
        this.faults = faults;
        this.home = home;
        this.transactions = transactions;
        this.discardConnection = discardConnection;
        this.thread = Threads.daemon("katra-writer", this::loop);
        thread.start();
    }

    /**
     * Runs the work in the writer's transaction and returns its result once it is durable. Inside other work it joins
     * that work's savepoint. May be called outside a write.
     *
     * @throws Failure whatever the work throws; UNAVAILABLE if the store cannot be written
     */
    public <T> T run(Supplier<T> work) {
        if (Thread.currentThread() == thread) {
            if (current == null) {
                throw new IllegalStateException("the writer's thread cannot wait for itself");
            }
            return work.get();
        }
        try {
            return enqueue(new Item<>(work, Thread.currentThread())).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw e;
        }
    }

    /**
     * Runs the work for each item, in as many writes as it takes so that none holds the writer for long: others write
     * between them. If a step throws, the write that it is in is undone, and no more follow.
     *
     * @return how many are done
     */
    public <T> int runEach(List<T> items, Function<T, Step> work) {
        int done = 0;
        Slice slice = new Slice(0, 0);
        while (slice.next() < items.size()) {
            int from = slice.next();
            slice = run(() -> slice(items, from, work));
            done += slice.done();
        }
        return done;
    }

    private record Slice(int next, int done) {}

    private static <T> Slice slice(List<T> items, int from, Function<T, Step> work) {
        int[] next = {from};
        int[] done = {0};
        var unused = inSlice(() -> {
            Step step = work.apply(items.get(next[0]));
            next[0] += step == Step.MORE ? 0 : 1;
            done[0] += step == Step.DONE ? 1 : 0;
            return next[0] == items.size();
        });
        return new Slice(next[0], done[0]);
    }

    /**
     * Takes one step after the other until one was the last, and returns false if the slice was over before. Must be called
     * inside a write.
     */
    public static boolean inSlice(BooleanSupplier isLast) {
        long end = System.nanoTime() + SLICE.toNanos();
        boolean last;
        do {
            last = isLast.getAsBoolean();
        } while (!last && System.nanoTime() - end < 0);
        return last;
    }

    /** Returns how long pieces of work hold the writer. */
    public Holds holds() {
        return holds;
    }

    /**
     * Runs the work as {@link #run} does, without waiting: the future completes after the commit, on a thread that may
     * block.
     */
    public <T> CompletableFuture<T> submit(Supplier<T> work) {
        return enqueue(new Item<>(work, null)).whenCompleteAsync((value, failure) -> {}, Waiters.threads());
    }

    private <T> CompletableFuture<T> enqueue(Item<T> item) {
        synchronized (admission) {
            if (closed) {
                item.future.completeExceptionally(
                        Failure.unavailable("the store is closed").hint("the server is ending; do it again"));
            } else {
                queue.add(item);
            }
        }
        return item.future;
    }

    /**
     * Runs the action after the commit of the running work, before its caller is answered; it is meant for waking those
     * who wait. It runs on the writer's thread, so it must be short and cannot write. Must be called inside a write.
     */
    public void afterCommit(Runnable action) {
        Item<?> item = current;
        if (Thread.currentThread() != thread || item == null) {
            throw new IllegalStateException("afterCommit outside of a write");
        }
        item.afterCommit.add(action);
    }

    /** Returns whether the thread is the one that may write. */
    public boolean isWriter(Thread candidate) {
        return candidate == thread;
    }

    /**
     * Makes every later write fail with this failure, and those that are queued. What has been answered stands. The
     * running batch is over when this returns, unless the disk does not answer within 10 seconds; if it is called by an
     * action after a commit, that is the action's own batch.
     *
     * @return whether the running batch is over
     */
    public boolean refuse(Failure failure) {
        return refuse(failure, PATIENCE);
    }

    /** Does the same, and waits no longer than this. */
    public boolean refuse(Failure failure, Duration patience) {
        refusal = failure;
        if (Thread.currentThread() == thread) {
            return true;
        }
        boolean over = enqueue(new Item<>(() -> true, null))
                .handle((value, refused) -> true)
                .completeOnTimeout(false, patience.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        if (!over) {
            LOG.error(
                    "the disk of {} does not answer: a write has not ended within {} s, and is not waited for",
                    home.database(),
                    patience.toSeconds());
        }
        return over;
    }

    /** Refuses new work, finishes what is queued, and returns when the thread has ended. */
    @Override
    public void close() {
        synchronized (admission) {
            if (!closed) {
                closed = true;
                queue.add(Item.last());
            }
        }
        if (Threads.joinUninterruptibly(thread)) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop() {
        List<Item<?>> batch = new ArrayList<>();
        boolean last = false;
        while (!last) {
            try {
                batch.add(queue.take());
            } catch (InterruptedException e) {
                continue; // only close() ends this thread
            }
            queue.drainTo(batch, BATCH - 1);
            last = batch.removeIf(Item::isLast);
            if (!batch.isEmpty()) {
                write(batch);
                batch.clear();
            }
        }
    }

    private void write(List<Item<?>> batch) {
        Failure refused = refusal;
        if (refused != null) {
            batch.forEach(item -> item.future.completeExceptionally(refused));
            return;
        }
        try {
            TransactionStatus transaction = transactions.getTransaction(new DefaultTransactionDefinition());
            try {
                for (Item<?> item : batch) {
                    held(item::caller, () -> write(item, transaction));
                }
            } catch (Throwable e) {
                rollback(transaction, e);
                throw e;
            }
            held(() -> "the commit of " + callers(batch), () -> transactions.commit(transaction));
        } catch (Throwable e) {
            LOG.error("a batch of {} writes failed", batch.size(), e);
            // Its transaction may still be open, or gone without the driver knowing: the next batch gets another one.
            discardConnection.run();
            Failure failure = faults.explain(e, home)
                    .orElseGet(() -> Failure.unavailable("the store cannot be written: " + rootMessage(e))
                            .hint("check the disk, then see: katra server logs")
                            .cause(e));
            batch.forEach(item -> item.future.completeExceptionally(failure));
            return;
        }
        batch.forEach(this::complete);
    }

    private static String callers(List<Item<?>> batch) {
        String first = batch.get(0).caller();
        return batch.size() == 1 ? first : first + " and " + (batch.size() - 1) + " more";
    }

    private void complete(Item<?> item) {
        if (!item.afterCommit.isEmpty()) {
            held(item::caller, item::act);
        }
        item.complete();
    }

    private void held(Supplier<String> by, Runnable piece) {
        long begun = System.nanoTime();
        piece.run();
        holds.add(by, System.nanoTime() - begun);
    }

    /**
     * Rolls the transaction back. The engine may have done so by itself already; the reason matters more than an error of
     * that.
     */
    private void rollback(TransactionStatus transaction, Throwable reason) {
        try {
            transactions.rollback(transaction);
        } catch (RuntimeException e) {
            reason.addSuppressed(e);
        }
    }

    private void write(Item<?> item, TransactionStatus transaction) {
        Object savepoint = transaction.createSavepoint();
        current = item;
        try {
            item.run();
        } catch (Throwable e) {
            if (faults.mayEndTransaction(e)) {
                throw e;
            }
            item.failed(e);
            transaction.rollbackToSavepoint(savepoint);
        } finally {
            current = null;
        }
        transaction.releaseSavepoint(savepoint);
    }

    private static String rootMessage(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return Objects.toString(root.getMessage(), root.getClass().getSimpleName());
    }

    private static final class Item<T> {
        private final @Nullable Supplier<T> work;
        private final @Nullable Thread waiting;
        private final CompletableFuture<T> future = new CompletableFuture<>();
        private final List<Runnable> afterCommit = new ArrayList<>();
        private @Nullable Supplier<T> result;
        private @Nullable Throwable failure;

        /**
         * Makes an item that has not run.
         *
         * @param waiting the thread that waits for it, if one does
         */
        private Item(@Nullable Supplier<T> work, @Nullable Thread waiting) {
            this.work = work;
            this.waiting = waiting;
        }

        private static Item<?> last() {
            return new Item<>(null, null);
        }

        private boolean isLast() {
            return work == null;
        }

        private void run() {
            T value = Objects.requireNonNull(work).get();
            result = () -> value;
        }

        private void failed(Throwable thrown) {
            failure = thrown;
            afterCommit.clear();
        }

        private void act() {
            for (Runnable action : afterCommit) {
                try {
                    action.run();
                } catch (RuntimeException | Error e) {
                    LOG.error("an action after a commit failed", e);
                }
            }
        }

        private void complete() {
            if (failure != null) {
                future.completeExceptionally(failure);
            } else {
                future.complete(Objects.requireNonNull(result).get());
            }
        }

        private String caller() {
            return waiting == null ? Callers.of(Objects.requireNonNull(work)) : Callers.of(waiting.getStackTrace());
        }
    }
}
