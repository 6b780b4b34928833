package dev.katra.shell.server;

import dev.katra.core.CoreConfiguration;
import dev.katra.core.home.KatraHome;
import dev.katra.core.home.ServerAddress;
import dev.katra.core.room.RoomService;
import dev.katra.launcher.LauncherConfiguration;
import dev.katra.mcp.McpConfiguration;
import dev.katra.shell.CommandsConfiguration;
import dev.katra.shell.semantic.SemanticConfiguration;
import java.net.URI;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.jdbc.autoconfigure.DataJdbcRepositoriesAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.shell.core.command.CommandRegistry;

/**
 * Everything that runs in the server: the store, the MCP endpoint, the launcher and the commands. The list of
 * auto-configurations is written out, because what is not in it need not be searched for at every start.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    ConfigurationPropertiesAutoConfiguration.class,
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    DataSourceAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class,
    FlywayAutoConfiguration.class,
    DataJdbcRepositoriesAutoConfiguration.class
})
@Import({
    CoreConfiguration.class,
    LauncherConfiguration.class,
    McpConfiguration.class,
    CommandsConfiguration.class,
    SemanticConfiguration.class,
    Presence.class,
    Merging.class
})
@EnableConfigurationProperties(RetentionSettings.class)
public class ServerApplication {

    @Bean
    ServerIdentity serverIdentity(WebServerApplicationContext context) {
        return new ServerIdentity(context);
    }

    @Bean
    ServerAddress serverAddress(ServerIdentity identity) {
        return () -> URI.create(identity.file().uri());
    }

    @Bean
    Retention retention(RoomService room, RetentionSettings settings) {
        return new Retention(room, settings.keep(), Retention.USUAL);
    }

    @Bean
    PrivateDoor privateDoor(KatraHome home, CommandRegistry registry, ServerIdentity identity) {
        return new PrivateDoor(home, registry, identity);
    }
}
