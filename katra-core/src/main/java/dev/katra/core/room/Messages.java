package dev.katra.core.room;

import org.springframework.data.repository.ListCrudRepository;

/** Reads and stores messages. */
public interface Messages extends ListCrudRepository<Message, Long> {}
