package dev.katra.mcp.gateway.http;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Bounds of the gateway.
 *
 * @param largestRequest the largest request that is read; the vendor's own endpoint takes 32 MB
 * @param ping after how much silence of the endpoint a streaming client is told that its request lives
 * @param connect how long a connection to an endpoint may take
 * @param answer how long an endpoint may be silent, before its answer begins or within it
 * @param proxy the proxy by which endpoints elsewhere are reached, such as {@code http://proxy.example.com:3128}; empty
 *     for none. It takes no name and password
 * @param noProxy the hosts and domains that are reached without it, separated by commas
 */
@ConfigurationProperties("katra.gateway")
public record GatewaySettings(
        @DefaultValue("32MB") DataSize largestRequest,
        @DefaultValue("10s") Duration ping,
        @DefaultValue("10s") Duration connect,
        @DefaultValue("10m") Duration answer,
        @DefaultValue("") String proxy,
        @DefaultValue("") String noProxy) {}
