package dev.katra.mcp.server;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Sets the limits of the MCP endpoint.
 *
 * @param largestRequest the maximum size of a request that is read; the 64 KiB that a tool takes are no larger in JSON
 */
@ConfigurationProperties("katra.mcp")
public record McpSettings(@DefaultValue("512KB") DataSize largestRequest) {

    int largestBytes() {
        return Math.toIntExact(largestRequest.toBytes());
    }
}
