package dev.katra.launcher.provider;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Every provider by its id. Bound anew for each caller, because a caller's file and variables are part of it.
 *
 * @param defaultProvider the provider of a session that names none
 * @param providers the entries
 */
@ConfigurationProperties("katra")
record ProviderProperties(
        @DefaultValue(Provider.ANTHROPIC) String defaultProvider,
        @DefaultValue Map<String, Provider> providers) {}
