package dev.katra.shell.server;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import java.io.IOException;
import org.apache.catalina.connector.Connector;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/**
 * Configures the connectors by which HTTP comes in: the home's port, and a Unix socket in a folder that only the owner
 * can enter. The scripts of hooks, which are ours to write, use the socket, where nobody else can wait for their
 * tokens.
 */
final class HttpConnectors implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final KatraHome home;
    private @Nullable HomeProtocol hooks;

    HttpConnectors(KatraHome home) {
        this.home = home;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.setProtocol(HomeProtocol.class.getName());
        factory.addConnectorCustomizers(connector -> {
            if (connector.getProtocolHandler() instanceof HomeProtocol protocol
                    && PortHolderControl.isHeld(home, connector.getPort())) {
                protocol.joinHolder();
            }
        });
        factory.addAdditionalConnectors(socket());
    }

    /** Opens the socket for hooks again if somebody has removed it. */
    void reopenIfRemoved() {
        HomeProtocol protocol = hooks;
        if (protocol != null) {
            try {
                KatraHome.privateFolder(home.run());
                protocol.reopenIfRemoved();
            } catch (IOException e) {
                throw Failure.unavailable("cannot open the socket " + home.hookSocket() + ": " + e.getMessage())
                        .hint("check the permissions of the home: ls -ld")
                        .cause(e);
            }
        }
    }

    private Connector socket() {
        KatraHome.privateFolder(home.run());
        Connector connector = new Connector(HomeProtocol.class.getName());
        connector.setProperty("unixDomainSocketPath", home.hookSocket().toString());
        connector.setProperty("selectorTimeout", "60000"); // who is idle need not look every second
        hooks = (HomeProtocol) connector.getProtocolHandler();
        return connector;
    }
}
