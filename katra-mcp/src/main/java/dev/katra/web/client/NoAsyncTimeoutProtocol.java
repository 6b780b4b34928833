package dev.katra.web.client;

import org.apache.coyote.http11.Http11NioProtocol;

/**
 * Implements Tomcat's HTTP/1.1 without its check every second for asynchronous requests that have taken too long:
 * Katra's have no such limit and end by themselves. Tomcat creates it by its class name.
 */
public final class NoAsyncTimeoutProtocol extends Http11NioProtocol {

    @Override
    protected void startAsyncTimeout() {
        // nobody asks for it
    }
}
