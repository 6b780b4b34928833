package dev.katra.gateway.http;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A FallbackSettings says when an endpoint that has failed is asked again, in sessions that have fallbacks.
 *
 * @param pause how long an endpoint is left alone after it has failed, unless it says itself how long; twice as long after
 *     each further failure
 * @param longestPause the longest time for which failures alone leave an endpoint alone
 */
@ConfigurationProperties("katra.gateway.fallback")
public record FallbackSettings(
        @DefaultValue("30s") Duration pause,
        @DefaultValue("10m") Duration longestPause) {}
