package dev.katra.shell.channel;

import dev.katra.core.home.KatraHome;
import dev.katra.shell.Version;
import dev.katra.shell.console.CommandConfiguration;
import dev.katra.shell.console.Dispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.shell.core.command.CommandRegistry;

/** The server's end of the channel in a real Tomcat, on the home's socket and on a TCP port, with test commands. */
final class ChannelServer implements AutoCloseable {

    private static final Logger TOMCAT = Logger.getLogger("org.apache");

    private final AnnotationConfigApplicationContext beans =
            new AnnotationConfigApplicationContext(CommandConfiguration.class, ChannelCommands.class);
    private final Tomcat tomcat = new Tomcat();

    ChannelServer(KatraHome home) throws LifecycleException {
        TOMCAT.setLevel(Level.SEVERE);
        KatraHome.privateFolder(home.run());
        tomcat.setBaseDir(home.root().resolve("tomcat").toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Connector socket = new Connector("org.apache.coyote.http11.Http11NioProtocol");
        socket.setProperty("unixDomainSocketPath", home.socket().toString());
        tomcat.getService().addConnector(socket);
        Context context = tomcat.addContext("", home.root().toString());
        Dispatcher dispatcher = new Dispatcher(beans.getBean(CommandRegistry.class), null, caller -> caller);
        Tomcat.addServlet(context, "command", new CommandServlet(dispatcher, ChannelSecret.of(home)))
                .addMapping("/command");
        Tomcat.addServlet(context, "status", new Status()).addMapping("/status");
        tomcat.start();
    }

    ChannelCommands commands() {
        return beans.getBean(ChannelCommands.class);
    }

    int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void close() throws LifecycleException {
        commands().mayGoOn.countDown();
        tomcat.stop();
        tomcat.destroy();
        // Tomcat keeps its first folder for the whole JVM, and the next one would make it again.
        System.clearProperty("catalina.home");
        System.clearProperty("catalina.base");
        beans.close();
    }

    /** Says that a server of this version runs, so that nobody starts another. */
    private static final class Status extends HttpServlet {

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter()
                    .print("{\"pid\":1,\"startedAt\":1,\"port\":1,\"version\":\"" + Version.current() + "\"}");
        }
    }
}
