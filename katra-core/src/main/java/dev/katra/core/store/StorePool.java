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
 * Pools connections that keep their prepared statements, for SQLite takes longer to compile most of ours than to run
 * them. The first connection opens when it is asked for. None is closed before the pool is, except by {@link #closeIdle},
 * after which one in use is closed when it comes back.
 */
public final class StorePool extends DelegatingDataSource implements AutoCloseable {

    /** The number of prepared statements that each connection keeps; questions of many lengths replace each other's. */
    private static final int STATEMENTS = 200;

    private static final Duration MAX_WAIT = Duration.ofSeconds(30);

    private final GenericObjectPool<PoolableConnection> connections;

    /**
     * Creates a pool that opens no connection yet.
     *
     * @param statement the statement that each connection runs when it opens
     * @param size the largest number of connections
     */
    public StorePool(DataSource source, String statement, int size) {
        PoolableConnectionFactory factory =
                new PoolableConnectionFactory(new DataSourceConnectionFactory(source), null);
        factory.setConnectionInitSql(List.of(statement));
        factory.setPoolStatements(true);
        factory.setMaxOpenPreparedStatements(STATEMENTS);
        GenericObjectPoolConfig<PoolableConnection> config = new GenericObjectPoolConfig<>();
        config.setMaxTotal(size);
        config.setMaxIdle(size);
        config.setMaxWait(MAX_WAIT);
        config.setJmxEnabled(false);
        connections = new GenericObjectPool<>(factory, config);
        factory.setPool(connections);
        setTargetDataSource(new PoolingDataSource<>(connections));
    }

    /** Closes the idle connections; new ones take their place. */
    void closeIdle() {
        connections.clear();
    }

    /** Returns how many connections are in use. */
    public int active() {
        return connections.getNumActive();
    }

    @Override
    public void close() {
        connections.close();
    }
}
