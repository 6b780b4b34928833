package dev.katra.core;

import dev.katra.core.store.StoreConfiguration;
import dev.katra.core.wake.WakeSettings;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;

/** The services over the store of one home. Needs a {@code KatraHome} bean. */
@Configuration(proxyBeanMethods = false)
@Import(StoreConfiguration.class)
@ComponentScan
@EnableJdbcRepositories
@EnableConfigurationProperties(WakeSettings.class)
public class CoreConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }
}
