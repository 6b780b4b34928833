package dev.katra.mcp.client;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What looks after clients, put together. */
@Configuration(proxyBeanMethods = false)
class ClientConfiguration {

    @Bean
    ClientLinks clientLinks(HeldTasks tasks) {
        return new ClientLinks(tasks);
    }

    @Bean
    HeldTasks heldTasks() {
        return new HeldTasks();
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> clientProbe() {
        return factory -> factory.addEngineValves(new ClientProbeValve());
    }
}
