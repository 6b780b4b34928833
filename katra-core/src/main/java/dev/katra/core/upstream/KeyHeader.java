package dev.katra.core.upstream;

/** The header in which an endpoint of the OpenAI format wants the key. */
public enum KeyHeader {
    /** {@code Authorization: Bearer}. */
    BEARER,
    /** {@code api-key}, as Azure has it. */
    API_KEY,
    /** {@code x-api-key}. */
    X_API_KEY,
    /** No header: no key is needed. */
    NONE
}
