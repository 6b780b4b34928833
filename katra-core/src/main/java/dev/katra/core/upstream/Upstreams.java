package dev.katra.core.upstream;

import org.springframework.data.repository.ListCrudRepository;
import org.springframework.transaction.annotation.Transactional;

/** Reads and stores endpoints, each under its session's id. */
@Transactional(readOnly = true)
public interface Upstreams extends ListCrudRepository<Upstream, Long> {}
