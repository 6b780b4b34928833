package dev.katra.core.room;

import java.util.Optional;
import org.springframework.data.repository.Repository;

/** Reads stored messages; {@link Deliveries} stores them. */
interface Messages extends Repository<Message, Long> {

    /** Returns the message with this number. */
    Optional<Message> findById(Long number);
}
