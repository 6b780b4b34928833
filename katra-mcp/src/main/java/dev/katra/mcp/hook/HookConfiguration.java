package dev.katra.mcp.hook;

import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Serves the hooks that wait for their answers. */
@Configuration(proxyBeanMethods = false)
class HookConfiguration {

    @Bean
    ServletRegistrationBean<WaitServlet> waitServlet(WaiterDesk desk, HookEndpoint hooks, JsonMapper json) {
        var registration = new ServletRegistrationBean<>(new WaitServlet(desk, hooks, json), "/hooks/wait");
        registration.setAsyncSupported(true);
        registration.setName("wait");
        return registration;
    }

    @Bean
    ServletRegistrationBean<StartServlet> startServlet(StartHook starts, Reports reports, JsonMapper json) {
        var registration =
                new ServletRegistrationBean<>(new StartServlet(starts, reports, json), "/hooks/SessionStart");
        registration.setAsyncSupported(true);
        registration.setName("start");
        return registration;
    }
}
