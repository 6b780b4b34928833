package dev.katra.core.store.sqlite;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.core.home.PrivateFiles;
import dev.katra.core.store.StoreFaults;
import dev.katra.core.store.StorePool;
import dev.katra.core.store.WriteAheadLog;
import dev.katra.core.store.WriterDataSource;
import dev.katra.core.store.Writes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.flywaydb.core.api.MigrationInfo;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.data.jdbc.core.dialect.JdbcDialect;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.Pragma;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteOpenMode;

/**
 * Configures the database of one home. Reads go to a pool of read-only connections, writes to one connection that belongs
 * to {@link Writes}; WAL and synchronous=FULL, so that an acknowledged write is on disk.
 */
@Configuration(proxyBeanMethods = false)
public class SqliteConfiguration {

    private static final int READERS = 4;
    private static final int BUSY_MILLIS = 10_000;

    /**
     * The part of the database, in bytes, that readers see without a system call for each page; it is memory that the
     * system may reclaim.
     */
    private static final String MAPPED_BYTES = String.valueOf(1L << 30);

    @Bean(destroyMethod = "close")
    StorePool writingPool(KatraHome home) {
        SQLiteConfig config = common();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setTransactionMode(TransactionMode.IMMEDIATE);
        config.setPragma(Pragma.SECURE_DELETE, "on"); // what is forgotten leaves the file
        // On macOS fsync alone does not reach the disk; elsewhere the pragma does nothing.
        return pool(file(home.create()), config, "PRAGMA fullfsync = 1", 1);
    }

    @Bean
    @FlywayDataSource
    WriterDataSource writerDataSource(StorePool writingPool) {
        return new WriterDataSource(writingPool);
    }

    @Bean(destroyMethod = "close")
    StorePool readingPool(KatraHome home) {
        SQLiteConfig config = common();
        config.setTransactionMode(TransactionMode.DEFERRED);
        config.setPragma(Pragma.MMAP_SIZE, MAPPED_BYTES);
        return pool(home.database(), config, "PRAGMA query_only = 1", READERS);
    }

    @Bean
    @Primary
    DataSource dataSource(WriterDataSource writerDataSource, StorePool readingPool) {
        LazyConnectionDataSourceProxy proxy = new LazyConnectionDataSourceProxy();
        proxy.setTargetDataSource(writerDataSource);
        proxy.setReadOnlyDataSource(readingPool);
        proxy.setDefaultAutoCommit(true);
        proxy.setDefaultTransactionIsolation(java.sql.Connection.TRANSACTION_SERIALIZABLE);
        return proxy;
    }

    @Bean
    DataSourceTransactionManager transactionManager(DataSource dataSource) {
        DataSourceTransactionManager manager = new Transactions(dataSource);
        // A failing item undoes its own savepoint; it must not doom the batch it is in.
        manager.setGlobalRollbackOnParticipationFailure(false);
        // Without it a failed COMMIT is tried again when the driver goes back to auto-commit, after it was reported as
        // failed.
        manager.setRollbackOnCommitFailure(true);
        return manager;
    }

    @Bean
    StoreFaults storeFaults() {
        return StoreFaults.ofEngine(); // which a server has to have looked for before an error comes
    }

    @Bean
    WriteAheadLog writeAheadLog(JdbcOperations jdbc, Writes writes, KatraHome home) {
        return new SqliteWriteAheadLog(jdbc, writes, home);
    }

    @Bean
    JdbcDialect jdbcDialect() {
        return new SqliteDialect();
    }

    @Bean
    FlywayMigrationStrategy migrationStrategy(KatraHome home) {
        return flyway -> {
            for (MigrationInfo migration : flyway.info().applied()) {
                if (migration.getState().isResolved()) {
                    continue;
                }
                throw Failure.conflict("the database " + home.database() + " was written by a newer Katra (schema "
                                + migration.getVersion() + ")")
                        .hint("update this Katra, or set " + KatraHome.VARIABLE + " to another folder");
            }
            flyway.migrate();
        };
    }

    /**
     * Returns the path of the database file, which is created with mode 0600 if it is missing: SQLite gives its WAL and
     * its shared memory the mode of the database.
     */
    private static Path file(KatraHome home) {
        Path file = home.database();
        try {
            SqliteFaults.findFileFault(home).ifPresent(fault -> {
                throw fault;
            });
            if (!Files.exists(file)) {
                PrivateFiles.create(file);
            }
            return file;
        } catch (IOException e) {
            throw Failure.unavailable("cannot create " + file + ": " + e.getMessage())
                    .hint(Failure.DISK)
                    .cause(e);
        }
    }

    /**
     * Manages transactions. SQLite ends a transaction by itself after some errors: then nothing is left to undo, and
     * the error is what counts.
     */
    private static final class Transactions extends DataSourceTransactionManager {

        private static final long serialVersionUID = 1L;

        private Transactions(DataSource source) {
            super(source);
        }

        @Override
        protected void doRollback(DefaultTransactionStatus status) {
            try {
                super.doRollback(status);
            } catch (RuntimeException e) {
                if (!String.valueOf(NestedExceptionUtils.getMostSpecificCause(e).getMessage())
                        .contains("no transaction is active")) {
                    throw e;
                }
            }
        }
    }

    private static SQLiteConfig common() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.resetOpenMode(SQLiteOpenMode.CREATE); // a missing database is an error, not a new one
        config.enforceForeignKeys(true);
        return config;
    }

    private static StorePool pool(Path database, SQLiteConfig config, String pragma, int size) {
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + database);
        return new StorePool(source, pragma, size);
    }
}
