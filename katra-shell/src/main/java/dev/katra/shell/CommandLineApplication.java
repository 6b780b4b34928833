package dev.katra.shell;

import dev.katra.launcher.LauncherConfiguration;
import dev.katra.shell.server.ServerStarter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What a command line needs in its own process: the commands and the launcher's facts, no store and no web. */
@Configuration(proxyBeanMethods = false)
@Import({CommandsConfiguration.class, LauncherConfiguration.class})
class CommandLineApplication {

    @Bean
    ServerStarter serverStarter() {
        return new ServerStarter();
    }
}
