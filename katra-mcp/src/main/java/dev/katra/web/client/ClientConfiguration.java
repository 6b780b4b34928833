package dev.katra.web.client;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Defines the beans that watch over clients' connections, and Tomcat's limits for them. */
@Configuration(proxyBeanMethods = false)
class ClientConfiguration {

    private static final long MAX_CONNECTIONS = 16_384;

    /** Checks held requests every five seconds; every session has one all day. */
    @Bean
    RequestMonitor requestMonitor(RequestScheduler tasks) {
        return new RequestMonitor(tasks, Duration.ofSeconds(5));
    }

    @Bean
    RequestScheduler requestScheduler() {
        return new RequestScheduler();
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> clientProbe() {
        return factory -> factory.addEngineValves(new ClientProbeValve());
    }

    /**
     * Reduces how often Tomcat checks for connections that have been idle for too long; connections come and go without
     * that.
     */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> slowConnectorPolling() {
        return factory -> {
            factory.setProtocol(NoAsyncTimeoutProtocol.class.getName());
            factory.addConnectorCustomizers(connector -> connector.setProperty("selectorTimeout", "5000"));
        };
    }

    /**
     * Limits connections. A client that connects and sends nothing, or half a head, costs a connection and no thread,
     * and only for seconds. There may be thousands of them, but never so many that the process has no file descriptors
     * left.
     */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> connectionLimits() {
        return factory -> factory.addConnectorCustomizers(connector -> {
            connector.setProperty("connectionTimeout", "10000"); // for a head, and between two parts of a body
            connector.setProperty("keepAliveTimeout", "60000"); // of a session's client, between two requests
            connector.setProperty("maxConnections", String.valueOf(Math.min(MAX_CONNECTIONS, maxOpenFiles() / 2)));
            connector.setProperty("acceptCount", "4096");
            connector.setProperty("socket.appReadBufSize", "4096");
            connector.setProperty("socket.appWriteBufSize", "4096");
        });
    }

    /** Returns the number of files that this process may have open. */
    private static long maxOpenFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getMaxFileDescriptorCount()
                : 1024;
    }
}
