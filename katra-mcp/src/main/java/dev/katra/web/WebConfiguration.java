package dev.katra.web;

import dev.katra.core.contract.SessionContract;
import dev.katra.core.session.SessionService;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletListenerRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.filter.RequestContextFilter;

/** Registers what every request passes: the filters in their order, the budget of bodies, and the form of errors. */
@Configuration(proxyBeanMethods = false)
@ComponentScan
public class WebConfiguration {

    @Bean
    FilterRegistrationBean<LoopbackFilter> loopbackFilter() {
        var registration = new FilterRegistrationBean<>(new LoopbackFilter());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> errorAnswers() {
        return factory -> factory.addContextCustomizers(context ->
                ((StandardHost) context.getParent()).setErrorReportValveClass(ErrorResponseValve.class.getName()));
    }

    /**
     * Disables Spring's own filter, which would run for every request; what needs its context is behind a servlet that
     * sets it, too.
     */
    @Bean
    FilterRegistrationBean<RequestContextFilter> noRequestContextFilter() {
        var registration = new FilterRegistrationBean<>(new RequestContextFilter());
        registration.setEnabled(false);
        return registration;
    }

    @Bean
    FilterRegistrationBean<SessionFilter> sessionFilter(SessionService sessions) {
        var registration = new FilterRegistrationBean<>(new SessionFilter(sessions));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        registration.addUrlPatterns(
                SessionContract.MCP_PATH,
                SessionContract.HOOKS_PATH + "*",
                SessionContract.LOGS_PATH,
                SessionContract.DEMO_PATH + "*",
                SessionContract.GATEWAY_PATH + "*");
        return registration;
    }

    /**
     * Gives bodies half of the memory: everything else needs the other half, and a tree is counted as larger than it
     * is.
     */
    @Bean
    BodyBudget bodies() {
        return new BodyBudget(Runtime.getRuntime().maxMemory() / 2);
    }

    @Bean
    ServletListenerRegistrationBean<BodyBudget> bodiesOfRequests(BodyBudget bodies) {
        return new ServletListenerRegistrationBean<>(bodies);
    }
}
