package dev.katra.mcp.gateway.upstream;

/**
 * Who answers, as far as an error message has to name it.
 *
 * @param id the provider's name in the settings
 * @param url the address that requests go to
 * @param keyVariable the environment variable that holds its key
 */
public record Provider(String id, String url, String keyVariable) {

    public Provider {
        if (id.isBlank()) {
            throw new IllegalArgumentException("a provider has no name");
        }
    }
}
