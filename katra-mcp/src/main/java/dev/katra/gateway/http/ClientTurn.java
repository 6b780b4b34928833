package dev.katra.gateway.http;

import dev.katra.web.BodyBudget;

/** A ClientTurn holds a request as the client sent it, so that it can be made anew for another endpoint. */
final class ClientTurn {

    private final String path;
    private final String pathAndQuery;
    private final ClientHeaders headers;
    private final byte[] body;
    private final BodyBudget.BodyReservation held;
    private final ClientLink link;

    /**
     * Creates a turn.
     *
     * @param pathAndQuery the path below the endpoint, encoded, and the query
     * @param held the memory that the request holds, in which its trees are built
     */
    ClientTurn(
            String path,
            String pathAndQuery,
            ClientHeaders headers,
            byte[] body,
            BodyBudget.BodyReservation held,
            ClientLink link) {
        this.path = path;
        this.pathAndQuery = pathAndQuery;
        this.headers = headers;
        this.body = body;
        this.held = held;
        this.link = link;
    }

    String path() {
        return path;
    }

    String pathAndQuery() {
        return pathAndQuery;
    }

    ClientHeaders headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    BodyBudget.BodyReservation held() {
        return held;
    }

    ClientLink link() {
        return link;
    }
}
