package dev.katra.shell.console;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Registers all commands. A bean is created when its command first runs, so that a command line creates only the one
 * that it needs.
 */
@Configuration(proxyBeanMethods = false)
@Import(CommandConfiguration.class)
public class CommandsConfiguration {

    @Bean
    static ComponentRegistrar components() {
        return new ComponentRegistrar();
    }
}
