package dev.katra.mcp;

import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/**
 * Registers the MCP endpoint with its tools, and the hooks. Needs the beans of {@code CoreConfiguration},
 * {@code WebConfiguration} and the servlet container of Boot, which the one who imports this binds to loopback.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan
public class McpConfiguration {}
