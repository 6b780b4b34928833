package dev.katra.core.persona;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.transaction.annotation.Transactional;

/** Reads and stores personas. The column compares names ignoring case. */
@Transactional(readOnly = true)
public interface Personas extends ListCrudRepository<Persona, Long> {

    /** Returns the persona of that name, ignoring case. */
    @Query("SELECT * FROM persona WHERE name = :name")
    Optional<Persona> findByName(String name);

    /** Returns the personas that are here, in the order in which they came. */
    @Query("SELECT * FROM persona WHERE here_at IS NOT NULL AND retired_at IS NULL ORDER BY id")
    List<Persona> findAllHere();

    /** Returns the people who are here. */
    @Query("SELECT * FROM persona WHERE human AND here_at IS NOT NULL AND retired_at IS NULL")
    List<Persona> findPeopleHere();
}
