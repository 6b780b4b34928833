package dev.katra.core.upstream;

import java.util.Optional;

/** Stores endpoints, each under its session's id. */
public interface Upstreams {

    /** Returns the endpoint behind the gateway of this session; empty if it has none. Must be called inside a read. */
    Optional<Upstream> find(long session);

    /** Stores an endpoint, which carries its session's id. Must be called inside a write. */
    void add(Upstream upstream);
}
