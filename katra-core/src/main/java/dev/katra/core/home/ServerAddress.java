package dev.katra.core.home;

import java.net.URI;

/** Gives the address at which the server of the home listens; it is known once the server listens. */
@FunctionalInterface
public interface ServerAddress {

    /** Returns the address, such as {@code http://127.0.0.1:3141}. */
    URI uri();
}
