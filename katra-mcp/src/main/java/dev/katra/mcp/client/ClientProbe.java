package dev.katra.mcp.client;

import jakarta.servlet.ServletRequest;

/** The connection of a request's client. Only to be used between the request's body and its end. */
public interface ClientProbe {

    /** That of a request that has come over a connection. */
    static ClientProbe of(ServletRequest request) {
        if (request.getAttribute(ClientProbe.class.getName()) instanceof ClientProbe probe) {
            return probe;
        }
        throw new IllegalStateException("the request has no probe of its client");
    }

    /** Whether the client has left. */
    boolean gone();

    /** Breaks the connection off, and the request with it: the client sees that its answer is not whole. */
    void cut();
}
