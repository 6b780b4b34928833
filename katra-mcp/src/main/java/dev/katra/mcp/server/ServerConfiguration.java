package dev.katra.mcp.server;

import dev.katra.core.contract.SessionContract;
import dev.katra.core.session.SessionService;
import dev.katra.core.session.SessionWatch;
import dev.katra.mcp.tool.Tool;
import dev.katra.web.BodyBudget;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Registers the MCP servlet with the server behind it, and the filter that reads its messages. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(McpSettings.class)
class ServerConfiguration {

    @Bean
    FilterRegistrationBean<McpMessageFilter> messageFilter(
            SessionService sessions, SessionWatch watch, BodyBudget bodies, McpSettings settings) {
        var registration =
                new FilterRegistrationBean<>(new McpMessageFilter(sessions, watch, bodies, settings.largestBytes()));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
        registration.addUrlPatterns(SessionContract.MCP_PATH);
        return registration;
    }

    @Bean
    ServletRegistrationBean<McpServlet> mcpServlet(List<Tool<?, ?>> tools, McpSettings settings) {
        String version = Objects.requireNonNullElse(
                ServerConfiguration.class.getPackage().getImplementationVersion(), "development");
        var servlet = new McpServlet(McpServers.of(tools, version, settings.largestBytes()));
        var registration = new ServletRegistrationBean<>(servlet, SessionContract.MCP_PATH);
        registration.setAsyncSupported(true);
        registration.setName("mcp");
        return registration;
    }
}
