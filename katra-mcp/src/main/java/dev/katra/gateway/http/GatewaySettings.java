package dev.katra.gateway.http;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * A GatewaySettings holds the limits of the gateway.
 *
 * @param largestRequest the maximum size of a request; the vendor's own endpoint takes 32 MB
 * @param ping how long an endpoint may be silent before a streaming client is told that its request is alive
 * @param connect how long a connection to an endpoint may take
 * @param answer how long an endpoint may take to begin its answer, and to go on with one that it only keeps alive
 * @param silence how long an endpoint may send nothing at all within an answer. Models think, and endpoints gather a
 *     long call, for minutes. The default is Codex's, {@code DEFAULT_STREAM_IDLE_TIMEOUT_MS} of 300,000 in
 *     {@code codex-rs/model-provider-info/src/lib.rs} of github.com/openai/codex
 * @param judge how long the model that judges a tool call may take; after that the rules decide
 * @param proxy the proxy by which endpoints on other machines are reached, such as
 *     {@code http://proxy.example.com:3128}; empty for none. It must not need a user name and password
 * @param noProxy the hosts and domains that are reached without the proxy, separated by commas
 */
@ConfigurationProperties("katra.gateway")
public record GatewaySettings(
        @DefaultValue("32MB") DataSize largestRequest,
        @DefaultValue("10s") Duration ping,
        @DefaultValue("10s") Duration connect,
        @DefaultValue("10m") Duration answer,
        @DefaultValue("5m") Duration silence,
        @DefaultValue("8s") Duration judge,
        @DefaultValue("") String proxy,
        @DefaultValue("") String noProxy) {}
