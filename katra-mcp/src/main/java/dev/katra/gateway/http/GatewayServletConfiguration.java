package dev.katra.gateway.http;

import dev.katra.core.home.KatraHome;
import dev.katra.core.session.ActiveFallbacks;
import dev.katra.core.session.SessionNotices;
import dev.katra.core.session.SessionService;
import dev.katra.core.session.SessionWatch;
import dev.katra.core.usage.PromptOrigins;
import dev.katra.core.usage.UsageService;
import dev.katra.gateway.judge.PersonPrompts;
import dev.katra.web.BodyBudget;
import dev.katra.web.client.RequestMonitor;
import dev.katra.web.client.RequestScheduler;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the gateway. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({GatewaySettings.class, FallbackSettings.class})
class GatewayServletConfiguration {

    @Bean
    UpstreamClient upstreamClient(GatewaySettings settings) {
        return new UpstreamClient(settings);
    }

    @Bean
    ServletRegistrationBean<GatewayServlet> gatewayServlet(
            KatraHome home,
            GatewaySettings settings,
            FallbackSettings fallbackSettings,
            SessionService sessions,
            SessionWatch watch,
            UpstreamClient client,
            RequestScheduler tasks,
            UsageService usage,
            PromptOrigins turns,
            SessionNotices notices,
            ActiveFallbacks activeFallbacks,
            Clock clock,
            BodyBudget bodies) {
        var links = new RequestMonitor(tasks, Duration.ofMillis(250)); // an interrupted turn is paid for
        var gateway = new GatewayContext(
                home,
                settings,
                new SessionUpstreams(sessions, watch),
                client,
                links,
                usage,
                turns,
                notices,
                new PersonPrompts(),
                new SelfJudgingEndpoints(),
                new FallbackBreakers(watch, fallbackSettings, clock),
                activeFallbacks);
        var servlet = new GatewayServlet(gateway, bodies);
        var registration = new ServletRegistrationBean<>(servlet, GatewayServlet.PATH + "*");
        registration.setAsyncSupported(true);
        registration.setName("gateway");
        return registration;
    }
}
