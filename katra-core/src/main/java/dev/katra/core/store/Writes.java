package dev.katra.core.store;

import dev.katra.core.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The one door through which the store is written. A single thread takes what has arrived, runs it as one IMMEDIATE
 * transaction with a savepoint per item, and answers only after that transaction is on disk. An item that throws undoes
 * itself alone; an error of the disk fails every item of the batch. No network or process call belongs inside.
 */
public final class Writes implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Writes.class);
    private static final int BATCH = 256;

    private final DataSourceTransactionManager transactions;
    private final Runnable discardConnection;
    private final BlockingQueue<Item<?>> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private final Object admission = new Object();
    private boolean closed;
    /** Of the item that runs now; touched by the writer thread alone. */
    private @Nullable Item<?> current;

    Writes(DataSourceTransactionManager transactions, Runnable discardConnection) {
        this.transactions = transactions;
        this.discardConnection = discardConnection;
        this.thread = new Thread(this::loop, "katra-writer");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Runs the work in the writer's transaction and returns its result once it is durable. Inside other work it joins
     * that work's savepoint.
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
            return enqueue(work).join();
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

    /** As {@link #run}, without waiting: the future completes after the commit, on a thread that may block. */
    public <T> CompletableFuture<T> submit(Supplier<T> work) {
        return enqueue(work).whenCompleteAsync((value, failure) -> {}, Waiters.THREADS);
    }

    private <T> CompletableFuture<T> enqueue(Supplier<T> work) {
        Item<T> item = new Item<>(work);
        synchronized (admission) {
            if (closed) {
                item.future.completeExceptionally(Failure.unavailable("the store is closed"));
            } else {
                queue.add(item);
            }
        }
        return item.future;
    }

    /**
     * Has the action run after the commit of the work that is running now, before its caller is answered; for waking
     * those who wait for it. It runs on the writer's thread, so it must be short and cannot write.
     */
    public void afterCommit(Runnable action) {
        Item<?> item = current;
        if (Thread.currentThread() != thread || item == null) {
            throw new IllegalStateException("afterCommit outside of a write");
        }
        item.afterCommit.add(action);
    }

    /** True on the one thread that may write. */
    public boolean isWriter(Thread candidate) {
        return candidate == thread;
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
        if (Threads.joined(thread)) {
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
        try {
            TransactionStatus transaction = transactions.getTransaction(new DefaultTransactionDefinition());
            try {
                for (Item<?> item : batch) {
                    write(item, transaction);
                }
            } catch (Throwable e) {
                rollback(transaction, e);
                throw e;
            }
            transactions.commit(transaction);
        } catch (Throwable e) {
            LOG.error("a batch of {} writes failed", batch.size(), e);
            // Its transaction may still be open, or gone without the driver knowing: the next batch gets another one.
            discardConnection.run();
            Failure failure = Failure.unavailable("the store cannot be written: " + rootMessage(e))
                    .hint("check the disk, then see: katra server logs")
                    .cause(e);
            batch.forEach(item -> item.future.completeExceptionally(failure));
            return;
        }
        batch.forEach(Item::complete);
    }

    /** SQLite may have rolled back by itself already; what led to it matters more than that. */
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
            if (isOfTheDisk(e)) {
                throw e;
            }
            item.failed(e);
            transaction.rollbackToSavepoint(savepoint);
        } finally {
            current = null;
        }
        transaction.releaseSavepoint(savepoint);
    }

    /** After these SQLite may have rolled the whole transaction back by itself. */
    private static boolean isOfTheDisk(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof SQLiteException e) {
                SQLiteErrorCode code = e.getResultCode();
                return code.name().startsWith("SQLITE_IOERR")
                        || code.name().startsWith("SQLITE_CORRUPT")
                        || code == SQLiteErrorCode.SQLITE_FULL
                        || code == SQLiteErrorCode.SQLITE_NOMEM
                        || code == SQLiteErrorCode.SQLITE_NOTADB;
            }
        }
        return false;
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
        private final CompletableFuture<T> future = new CompletableFuture<>();
        private final List<Runnable> afterCommit = new ArrayList<>();
        private @Nullable Supplier<T> result;
        private @Nullable Throwable failure;

        private Item(@Nullable Supplier<T> work) {
            this.work = work;
        }

        private static Item<?> last() {
            return new Item<>(null);
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

        private void complete() {
            if (failure != null) {
                future.completeExceptionally(failure);
                return;
            }
            for (Runnable action : afterCommit) {
                try {
                    action.run();
                } catch (RuntimeException | Error e) {
                    LOG.error("an action after a commit failed", e);
                }
            }
            future.complete(Objects.requireNonNull(result).get());
        }
    }
}
