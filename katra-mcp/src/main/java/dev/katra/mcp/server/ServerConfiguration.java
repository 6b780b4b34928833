package dev.katra.mcp.server;

import dev.katra.core.session.SessionService;
import dev.katra.mcp.tool.Tool;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.filter.RequestContextFilter;

/** The filters in their order, and the MCP servlet with the server behind it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(McpSettings.class)
class ServerConfiguration {

    @Bean
    FilterRegistrationBean<LoopbackFilter> loopbackFilter() {
        var registration = new FilterRegistrationBean<>(new LoopbackFilter());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    /** Spring's own would be called for every request; what needs its context is behind a servlet that sets it, too. */
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
        registration.addUrlPatterns(McpServing.PATH, "/hooks/*", "/demo/*", "/gateway/*");
        return registration;
    }

    @Bean
    FilterRegistrationBean<HandshakeFilter> handshakeFilter(SessionService sessions) {
        var registration = new FilterRegistrationBean<>(new HandshakeFilter(sessions));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
        registration.addUrlPatterns(McpServing.PATH);
        return registration;
    }

    @Bean
    HttpServletStreamableServerTransportProvider mcpTransport(McpSettings settings) {
        return McpServing.transport(settings);
    }

    @Bean
    ServletRegistrationBean<HttpServletStreamableServerTransportProvider> mcpServlet(
            HttpServletStreamableServerTransportProvider mcpTransport) {
        var registration = new ServletRegistrationBean<>(mcpTransport, McpServing.PATH);
        registration.setAsyncSupported(true);
        registration.setName("mcp");
        return registration;
    }

    @Bean(destroyMethod = "closeGracefully")
    McpSyncServer mcpServer(HttpServletStreamableServerTransportProvider mcpTransport, List<Tool<?, ?>> tools) {
        String version = Objects.requireNonNullElse(
                ServerConfiguration.class.getPackage().getImplementationVersion(), "development");
        return McpServing.server(mcpTransport, version, tools);
    }
}
