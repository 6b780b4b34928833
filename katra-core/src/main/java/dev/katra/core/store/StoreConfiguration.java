package dev.katra.core.store;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import javax.sql.DataSource;
import org.flywaydb.core.api.MigrationInfo;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.data.jdbc.core.dialect.JdbcDialect;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.Pragma;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/**
 * The store of one home. Reads go to a pool of read-only connections, writes to one connection that belongs to
 * {@link Writes}; WAL and synchronous=FULL, so that an acknowledged write is on disk.
 */
@Configuration(proxyBeanMethods = false)
public class StoreConfiguration {

    private static final int READERS = 4;
    private static final int BUSY_MILLIS = 10_000;

    /** Of the database, what readers see without a call to the system for each page; memory that the system may reclaim. */
    private static final String MAPPED_BYTES = String.valueOf(1L << 30);

    @Bean(destroyMethod = "close")
    StorePool writingPool(KatraHome home) {
        SQLiteConfig config = common();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setTransactionMode(TransactionMode.IMMEDIATE);
        config.setPragma(Pragma.SECURE_DELETE, "on"); // what is forgotten leaves the file
        // On macOS fsync alone does not reach the disk; elsewhere the pragma does nothing.
        return pool(privateFile(home.create().database()), config, "PRAGMA fullfsync = 1", 1);
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
        DataSourceTransactionManager manager = new DataSourceTransactionManager(dataSource);
        // A failing item undoes its own savepoint; it must not doom the batch it is in.
        manager.setGlobalRollbackOnParticipationFailure(false);
        // Without it a failed COMMIT is tried again when the driver goes back to auto-commit, after we said it failed.
        manager.setRollbackOnCommitFailure(true);
        return manager;
    }

    @Bean(destroyMethod = "close")
    @DependsOnDatabaseInitialization
    Writes writes(
            DataSourceTransactionManager transactionManager, WriterDataSource writerDataSource, StorePool writingPool) {
        Writes writes = new Writes(transactionManager, writingPool::renew);
        writerDataSource.reserveFor(writes);
        return writes;
    }

    @Bean
    Reads reads(DataSourceTransactionManager transactionManager) {
        return new Reads(transactionManager);
    }

    @Bean
    WriteAheadLog writeAheadLog(JdbcOperations jdbc, Writes writes) {
        return new WriteAheadLog(jdbc, writes);
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

    /** SQLite gives its WAL and its shared memory the mode of the database. */
    private static Path privateFile(Path file) {
        var mode = PosixFilePermissions.fromString("rw-------");
        try {
            if (!Files.exists(file)) {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(mode));
            }
            return file;
        } catch (IOException e) {
            throw Failure.unavailable("cannot create " + file + ": " + e.getMessage())
                    .cause(e);
        }
    }

    private static SQLiteConfig common() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        return config;
    }

    private static StorePool pool(Path database, SQLiteConfig config, String pragma, int size) {
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + database);
        return new StorePool(source, pragma, size);
    }
}
