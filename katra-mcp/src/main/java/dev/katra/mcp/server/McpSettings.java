package dev.katra.mcp.server;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Bounds of the MCP endpoint.
 *
 * @param sweep how often MCP sessions whose client has gone silent are forgotten; a client that comes back is told to
 *     initialize again
 * @param largestRequest the largest request that is read
 */
@ConfigurationProperties("katra.mcp")
public record McpSettings(
        @DefaultValue("30m") Duration sweep,
        @DefaultValue("4MB") DataSize largestRequest) {}
