package dev.katra.mcp.client;

import java.time.Duration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What looks after clients, put together. */
@Configuration(proxyBeanMethods = false)
class ClientConfiguration {

    /** Those of held requests, of which every session has one all day. */
    @Bean
    ClientLinks clientLinks(HeldTasks tasks) {
        return new ClientLinks(tasks, Duration.ofSeconds(5));
    }

    @Bean
    HeldTasks heldTasks() {
        return new HeldTasks();
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> clientProbe() {
        return factory -> factory.addEngineValves(new ClientProbeValve());
    }

    /** Connections come and go without it; it is how often Tomcat looks whether one has been idle for too long. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> fewLooks() {
        return factory -> {
            factory.setProtocol(UntimedProtocol.class.getName());
            factory.addConnectorCustomizers(connector -> connector.setProperty("selectorTimeout", "5000"));
        };
    }
}
