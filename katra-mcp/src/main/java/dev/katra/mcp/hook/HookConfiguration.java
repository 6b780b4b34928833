package dev.katra.mcp.hook;

import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Serves the waiters. */
@Configuration(proxyBeanMethods = false)
class HookConfiguration {

    @Bean
    ServletRegistrationBean<WaitServlet> waitServlet(WaiterDesk desk, HookEndpoint hooks, JsonMapper json) {
        var registration = new ServletRegistrationBean<>(new WaitServlet(desk, hooks, json), "/hooks/wait");
        registration.setAsyncSupported(true);
        registration.setName("wait");
        return registration;
    }
}
