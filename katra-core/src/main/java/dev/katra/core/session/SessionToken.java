package dev.katra.core.session;

import dev.katra.core.text.Sha256;
import java.security.SecureRandom;
import java.util.Base64;

/** Makes session tokens and their hashes. */
final class SessionToken {

    private static final SecureRandom RANDOM = new SecureRandom();

    private SessionToken() {}

    /** Returns a new token: 256 random bits, in characters that fit in a header. */
    static String next() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Returns the hash that is stored. A plain hash is enough, because the token has full entropy. */
    static String hash(String token) {
        return Sha256.hex(token);
    }
}
