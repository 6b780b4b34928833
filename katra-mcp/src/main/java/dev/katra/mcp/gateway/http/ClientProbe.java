package dev.katra.mcp.gateway.http;

/** The connection of a request's client. Only to be used between the request's body and its end. */
interface ClientProbe {

    /** Whether the client has left. */
    boolean gone();

    /** Breaks the connection off, and the request with it: the client sees that its answer is not whole. */
    void cut();
}
