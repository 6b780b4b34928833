package dev.katra.core.upstream;

/** The header in which an endpoint of the OpenAI format wants the key. */
public enum KeyHeader {
    /** The key is in {@code Authorization: Bearer}. */
    BEARER,
    /** The key is in {@code api-key}, as Azure wants it. */
    API_KEY,
    /** The key is in {@code x-api-key}. */
    X_API_KEY,
    /** There is no header, because no key is needed. */
    NONE
}
