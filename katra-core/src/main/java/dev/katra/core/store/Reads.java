package dev.katra.core.store;

import java.util.function.Supplier;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs queries on a read-only connection, all of one call on the same state of the store. */
public final class Reads {

    private final TransactionTemplate template;

    Reads(PlatformTransactionManager transactions) {
        template = new TransactionTemplate(transactions);
        template.setReadOnly(true);
    }

    /** What the queries return. Inside {@link Writes#run} they see what that write has done so far. */
    @SuppressWarnings("NullAway") // the template returns what the supplier returned
    public <T> T run(Supplier<T> queries) {
        return template.execute(status -> queries.get());
    }
}
