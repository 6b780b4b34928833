package dev.katra.core.upstream.sqlite;

import dev.katra.core.upstream.Upstream;
import dev.katra.core.upstream.Upstreams;
import java.util.Optional;
import org.springframework.data.jdbc.core.JdbcAggregateOperations;
import org.springframework.stereotype.Component;

/** Stores endpoints in a table of SQLite. */
@Component
class SqliteUpstreams implements Upstreams {

    private final JdbcAggregateOperations aggregates;

    SqliteUpstreams(JdbcAggregateOperations aggregates) {
        this.aggregates = aggregates;
    }

    @Override
    public Optional<Upstream> find(long session) {
        return Optional.ofNullable(aggregates.findById(session, Upstream.class));
    }

    @Override
    public void add(Upstream upstream) {
        aggregates.insert(upstream); // its id is given, which save takes for stored
    }
}
