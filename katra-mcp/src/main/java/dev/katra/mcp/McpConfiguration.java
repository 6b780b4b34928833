package dev.katra.mcp;

import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/**
 * Everything that the server serves. Needs the beans of {@code CoreConfiguration} and Boot's servlet container, which
 * the one who imports this binds to loopback.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan
public class McpConfiguration {}
