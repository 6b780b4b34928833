package dev.katra.core.store;

import dev.katra.core.home.KatraHome;
import java.util.function.Supplier;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs queries on a read-only connection; all queries of one call see the same state of the store. */
public final class Reads {

    private final TransactionTemplate template;
    private final StoreFaults faults;
    private final KatraHome home;

    Reads(PlatformTransactionManager transactions, StoreFaults faults, KatraHome home) {
        this.faults = faults;
        this.home = home;
        template = new TransactionTemplate(transactions);
        template.setReadOnly(true);
    }

    /**
     * Runs the queries and returns their result. Inside {@link Writes#run} they see what that write has done so far.
     *
     * @throws dev.katra.core.failure.Failure UNAVAILABLE if the store cannot be read
     */
    @SuppressWarnings("NullAway") // the template returns what the supplier returned
    public <T> T run(Supplier<T> queries) {
        try {
            return template.execute(status -> queries.get());
        } catch (RuntimeException e) {
            throw faults.explain(e, home).<RuntimeException>map(fault -> fault).orElse(e);
        }
    }
}
