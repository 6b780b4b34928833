package dev.katra.core.home;

import java.net.URI;

/** Where the server of the home listens; known once it does. */
@FunctionalInterface
public interface ServerAddress {

    /** Such as {@code http://127.0.0.1:3141}. */
    URI uri();
}
