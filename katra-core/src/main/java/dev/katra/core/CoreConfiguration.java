package dev.katra.core;

import dev.katra.core.secret.SecretSettings;
import dev.katra.core.store.StoreConfiguration;
import dev.katra.core.store.sqlite.SqliteConfiguration;
import dev.katra.core.turn.CaptureSettings;
import dev.katra.core.turn.TurnLimits;
import dev.katra.core.wake.WakeSettings;
import java.time.Clock;
import java.time.ZoneId;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;

/** Configures the services over the store of one home. The context must have a {@code KatraHome} bean. */
@Configuration(proxyBeanMethods = false)
@Import({StoreConfiguration.class, SqliteConfiguration.class})
@ComponentScan
@EnableJdbcRepositories
@EnableConfigurationProperties({CaptureSettings.class, SecretSettings.class, TurnLimits.class, WakeSettings.class})
public class CoreConfiguration {

    /** Returns the clock of all services. It ticks in milliseconds, because the store keeps no more of a time. */
    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.tickMillis(ZoneId.systemDefault());
    }
}
