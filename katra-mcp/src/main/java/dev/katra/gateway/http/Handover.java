package dev.katra.gateway.http;

/** A Handover takes a request over from an endpoint that does not answer it, and gives it to the next. */
interface Handover {

    /** The handover of a session that has no fallbacks. */
    Handover NONE = new Handover() {
        @Override
        public boolean isPossible() {
            return false;
        }

        @Override
        public boolean accepts(EndpointTrouble trouble) {
            return false;
        }

        @Override
        public void handOver(EndpointTrouble trouble) {
            throw new IllegalStateException("there is no other endpoint");
        }

        @Override
        public void answered() {}

        @Override
        public void refused() {}

        @Override
        public void left() {}
    };

    /** Returns whether the session has other endpoints at all. */
    boolean isPossible();

    /** Returns whether a request with this trouble is taken over. */
    boolean accepts(EndpointTrouble trouble);

    /**
     * Takes a request over that it accepts. The exchange must not write to the client any more. It does not block.
     */
    void handOver(EndpointTrouble trouble);

    /** Notes that the endpoint has begun to answer. */
    void answered();

    /** Notes that the client gets the endpoint's refusal, which says nothing against the endpoint. */
    void refused();

    /** Notes that the client has left. */
    void left();
}
