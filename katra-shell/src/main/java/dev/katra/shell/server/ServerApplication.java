package dev.katra.shell.server;

import dev.katra.core.CoreConfiguration;
import dev.katra.core.home.KatraHome;
import dev.katra.core.home.ServerAddress;
import dev.katra.core.room.RoomService;
import dev.katra.core.turn.TurnService;
import dev.katra.demo.DemoConfiguration;
import dev.katra.gateway.GatewayConfiguration;
import dev.katra.launcher.LauncherConfiguration;
import dev.katra.launcher.agent.Agent;
import dev.katra.mcp.McpConfiguration;
import dev.katra.shell.console.CommandsConfiguration;
import dev.katra.shell.semantic.SemanticConfiguration;
import dev.katra.web.ServerAutoConfiguration;
import dev.katra.web.WebConfiguration;
import java.net.URI;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.shell.core.command.CommandRegistry;

/** Configures everything that runs in the server: the store, the MCP endpoint, the launcher and the commands. */
@SpringBootConfiguration(proxyBeanMethods = false)
@ServerAutoConfiguration
@Import({
    CoreConfiguration.class,
    LauncherConfiguration.class,
    WebConfiguration.class,
    GatewayConfiguration.class,
    DemoConfiguration.class,
    McpConfiguration.class,
    CommandsConfiguration.class,
    SemanticConfiguration.class,
    SessionMonitor.class,
    MergeTimer.class,
    HomeWatch.class
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
    PortHolderControl portHolderControl(KatraHome home, ServerIdentity identity) {
        return new PortHolderControl(home, () -> identity.file().port());
    }

    /**
     * Returns the connectors by which HTTP comes in: on the port, which is shared with the home's holder, and over the
     * socket for hooks.
     */
    @Bean
    HttpConnectors connectors(KatraHome home) {
        return new HttpConnectors(home);
    }

    @Bean
    RetentionTimer retention(RoomService room, TurnService turns, RetentionSettings settings) {
        return new RetentionTimer(room, turns, settings.keep(), RetentionTimer.DEFAULT_PAUSE);
    }

    @Bean
    SocketLifecycle socketLifecycle(KatraHome home, Agent agent, CommandRegistry registry, ServerIdentity identity) {
        return new SocketLifecycle(home, agent, registry, identity);
    }
}
