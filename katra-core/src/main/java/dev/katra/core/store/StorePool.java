package dev.katra.core.store;

import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.DataSourceConnectionFactory;
import org.apache.commons.dbcp2.PoolableConnection;
import org.apache.commons.dbcp2.PoolableConnectionFactory;
import org.apache.commons.dbcp2.PoolingDataSource;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Connections that keep their prepared statements, for SQLite takes longer to compile most of ours than to run them. The
 * first opens when it is asked for; but for {@link #renew}, none is closed before the pool is, and one in use when it comes
 * back.
 */
public final class StorePool extends DelegatingDataSource implements AutoCloseable {

    /** Of each connection; those of questions of many lengths make room for each other. */
    private static final int STATEMENTS = 200;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final GenericObjectPool<PoolableConnection> connections;

    StorePool(DataSource source, String pragma, int size) {
        PoolableConnectionFactory factory =
                new PoolableConnectionFactory(new DataSourceConnectionFactory(source), null);
        factory.setConnectionInitSql(List.of(pragma));
        factory.setPoolStatements(true);
        factory.setMaxOpenPreparedStatements(STATEMENTS);
        GenericObjectPoolConfig<PoolableConnection> config = new GenericObjectPoolConfig<>();
        config.setMaxTotal(size);
        config.setMaxIdle(size);
        config.setMaxWait(PATIENCE);
        config.setJmxEnabled(false);
        connections = new GenericObjectPool<>(factory, config);
        factory.setPool(connections);
        setTargetDataSource(new PoolingDataSource<>(connections));
    }

    /** Closes the connections that nobody has; others take their place. */
    void renew() {
        connections.clear();
    }

    /** How many connections are in use. */
    public int active() {
        return connections.getNumActive();
    }

    @Override
    public void close() {
        connections.close();
    }
}
