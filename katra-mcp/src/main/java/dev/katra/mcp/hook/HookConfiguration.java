package dev.katra.mcp.hook;

import dev.katra.core.contract.SessionContract;
import dev.katra.web.BodyBudget;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Registers the servlets of the hooks that wait for their answers. */
@Configuration(proxyBeanMethods = false)
class HookConfiguration {

    @Bean
    ServletRegistrationBean<WakePollServlet> wakePollServlet(
            WakePolls desk, HookEndpoint hooks, BodyBudget bodies, JsonMapper json) {
        var registration = new ServletRegistrationBean<>(
                new WakePollServlet(desk, hooks, bodies, json), SessionContract.HOOKS_PATH + SessionContract.WAIT_HOOK);
        registration.setAsyncSupported(true);
        registration.setName("wait");
        return registration;
    }

    @Bean
    ServletRegistrationBean<StartServlet> startServlet(
            StartHook starts, ClientReports reports, BodyBudget bodies, JsonMapper json) {
        var registration = new ServletRegistrationBean<>(
                new StartServlet(starts, reports, bodies, json),
                SessionContract.HOOKS_PATH + SessionContract.START_HOOK);
        registration.setAsyncSupported(true);
        registration.setName("start");
        return registration;
    }
}
