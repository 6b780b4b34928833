package dev.katra.mcp.client;

import org.apache.coyote.http11.Http11NioProtocol;

/**
 * Tomcat's HTTP/1.1, without its look every second for asynchronous requests that have taken too long: ours have no limit
 * there, and end by themselves. Tomcat makes it by its name.
 */
public final class UntimedProtocol extends Http11NioProtocol {

    @Override
    protected void startAsyncTimeout() {
        // nobody asks for it
    }
}
