package dev.katra.core.room;

import org.springframework.data.repository.ListCrudRepository;

/** The stored messages. */
public interface Messages extends ListCrudRepository<Message, Long> {}
