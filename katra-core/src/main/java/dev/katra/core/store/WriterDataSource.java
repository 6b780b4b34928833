package dev.katra.core.store;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Gives the writing connection. Once the single writer has started, no other thread gets it. */
public final class WriterDataSource extends DelegatingDataSource {

    private volatile @Nullable Writes writes;

    /** Creates a source that anybody may ask, until it is reserved. */
    public WriterDataSource(DataSource target) {
        super(target);
    }

    void reserveFor(Writes owner) {
        writes = owner;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Writes owner = writes;
        if (owner != null && !owner.isWriter(Thread.currentThread())) {
            throw new IllegalStateException("a write outside of Writes.run, or a read without a read-only transaction");
        }
        return super.getConnection();
    }
}
