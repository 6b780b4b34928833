package dev.katra.launcher.provider;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Binds every provider by its id. The providers are bound anew for each caller, because a caller's file and variables
 * are part of them.
 *
 * @param defaultProvider the id of the provider of a session that names none
 * @param providers the entries by id
 */
@ConfigurationProperties("katra")
record ProviderProperties(
        @DefaultValue(Provider.ANTHROPIC) String defaultProvider,
        @DefaultValue Map<String, Provider> providers) {}
