package dev.katra.gateway.upstream;

/**
 * A ProviderEndpoint names who answers, as far as an error message needs it.
 *
 * @param id the provider's name in the settings
 * @param url the address that requests go to
 * @param keyVariable the environment variable that holds its key
 */
public record ProviderEndpoint(String id, String url, String keyVariable) {

    public ProviderEndpoint {
        if (id.isBlank()) {
            throw new IllegalArgumentException("a provider has no name");
        }
    }
}
