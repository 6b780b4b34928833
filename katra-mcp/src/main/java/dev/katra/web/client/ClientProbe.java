package dev.katra.web.client;

import jakarta.servlet.ServletRequest;

/**
 * Observes the connection of a request's client. It may be used only between the reading of the request's body and the
 * end of the request.
 */
public interface ClientProbe {

    /** Returns the probe of a request that has come over a connection. */
    static ClientProbe of(ServletRequest request) {
        if (request.getAttribute(ClientProbe.class.getName()) instanceof ClientProbe probe) {
            return probe;
        }
        throw new IllegalStateException("the request has no probe of its client");
    }

    /**
     * Says that the body is read, so that another request may follow on the connection. Without this call the
     * connection ends with the answer to a request that has a body, because Tomcat would otherwise wait for the rest of
     * a body that nobody wants.
     */
    default void bodyRead() {}

    /** Returns whether the client has closed the connection. */
    boolean isGone();

    /** Closes the connection at once, and with it the request: the client sees that its answer is incomplete. */
    void abort();
}
