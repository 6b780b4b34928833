package dev.katra.core.store;

import dev.katra.core.home.KatraHome;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** Configures the two doors to the store of one home, over the connections that the engine's configuration makes. */
@Configuration(proxyBeanMethods = false)
public class StoreConfiguration {

    @Bean(destroyMethod = "close")
    @DependsOnDatabaseInitialization
    Writes writes(
            DataSourceTransactionManager transactionManager,
            WriterDataSource writerDataSource,
            @Qualifier("writingPool") StorePool writingPool,
            StoreFaults faults,
            KatraHome home) {
        Writes writes = new Writes(transactionManager, writingPool::closeIdle, faults, home);
        writerDataSource.reserveFor(writes);
        return writes;
    }

    @Bean
    Reads reads(DataSourceTransactionManager transactionManager, StoreFaults faults, KatraHome home) {
        return new Reads(transactionManager, faults, home);
    }
}
