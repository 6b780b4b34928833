package dev.katra.mcp.gateway.http;

import dev.katra.core.home.KatraHome;
import dev.katra.core.session.SessionService;
import dev.katra.core.usage.UsageService;
import dev.katra.mcp.client.ClientLinks;
import dev.katra.mcp.client.HeldTasks;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The gateway's parts, put together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GatewaySettings.class)
class GatewayConfiguration {

    @Bean
    UpstreamClient upstreamClient(GatewaySettings settings) {
        return new UpstreamClient(settings);
    }

    @Bean
    ServletRegistrationBean<GatewayServlet> gatewayServlet(
            KatraHome home,
            GatewaySettings settings,
            SessionService sessions,
            UpstreamClient client,
            HeldTasks tasks,
            UsageService usage) {
        var links = new ClientLinks(tasks, Duration.ofMillis(250)); // a turn that is interrupted is paid for
        var servlet =
                new GatewayServlet(new Gateway(home, settings, new SessionUpstreams(sessions), client, links, usage));
        var registration = new ServletRegistrationBean<>(servlet, GatewayServlet.PATH + "*");
        registration.setAsyncSupported(true);
        registration.setName("gateway");
        return registration;
    }
}
