package dev.katra.core.memory;

import dev.katra.core.concurrent.Threads;
import dev.katra.core.store.Reads;
import dev.katra.core.store.Writes;
import dev.katra.core.store.Writes.Step;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/**
 * Gives the memories of an older version the hash of what they say, in the background. Until a memory has it, only its exact
 * content is known to be the same.
 */
@Component
class SameTextHashes implements SmartInitializingSingleton, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(SameTextHashes.class);
    private static final int BATCH = 200;

    private final MemoryRows rows;
    private final Reads reads;
    private final Writes writes;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private @Nullable Thread thread;

    SameTextHashes(MemoryRows rows, Reads reads, Writes writes) {
        this.rows = rows;
        this.reads = reads;
        this.writes = writes;
    }

    private record Hashed(long number, String hash) {}

    @Override
    public void afterSingletonsInstantiated() {
        if (!next().isEmpty()) {
            Thread filling = Threads.daemon("katra-hashes", this::fill);
            thread = filling;
            filling.start();
        }
    }

    private List<Hashed> next() {
        return reads.run(() -> rows.withoutSameHash(BATCH)).stream()
                .map(each -> new Hashed(each.id(), each.body().sameHash(each.personaId())))
                .toList();
    }

    private void fill() {
        try {
            List<Hashed> batch = next();
            while (!batch.isEmpty() && !stopping.get()) {
                writes.runEach(batch, each -> {
                    rows.storeSameHash(each.number(), each.hash());
                    return Step.DONE;
                });
                batch = next();
            }
        } catch (RuntimeException e) {
            LOG.error("the hashes of older memories could not be filled; the next start goes on with it", e);
        }
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
