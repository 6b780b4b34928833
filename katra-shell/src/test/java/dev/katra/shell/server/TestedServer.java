package dev.katra.shell.server;

import dev.katra.core.home.KatraHome;
import java.net.URI;

/** The server as it is shipped, over a home of its own, to which tests send requests. */
interface TestedServer {

    /** The home that it serves. */
    KatraHome home();

    /** Where it listens on loopback. */
    URI uri();

    /** How many bytes its objects take, once those that nobody holds are collected. */
    long heldBytes() throws Exception;

    /** Ends it. */
    void stop() throws Exception;
}
