package dev.katra.shell;

import dev.katra.shell.console.CommandConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** All commands. Each is made when it first runs, so that a command line makes only the one it needs. */
@Configuration(proxyBeanMethods = false)
@Import(CommandConfiguration.class)
public class CommandsConfiguration {

    @Bean
    static Components components() {
        return new Components();
    }
}
