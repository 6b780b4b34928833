package dev.katra.mcp.gateway.http;

/** Looks whether the client of a request is still there. Only to be asked between a request's body and its end. */
@FunctionalInterface
interface ClientProbe {

    boolean gone();
}
