package dev.katra.core.upstream;

import java.util.Objects;

/**
 * Says where the key of an endpoint comes from and how it is sent. It holds no key.
 *
 * @param header the header in which the key is sent
 * @param variable the environment variable that held the key
 */
public record KeySource(KeyHeader header, String variable) {

    public KeySource {
        Objects.requireNonNull(header, "header is null");
        Objects.requireNonNull(variable, "variable is null");
    }
}
