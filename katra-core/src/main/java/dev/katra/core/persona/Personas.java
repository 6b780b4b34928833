package dev.katra.core.persona;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.transaction.annotation.Transactional;

/** The stored personas. The column compares names ignoring case. */
@Transactional(readOnly = true)
public interface Personas extends ListCrudRepository<Persona, Long> {

    /** The persona of that name, ignoring case. */
    @Query("SELECT * FROM persona WHERE name = :name")
    Optional<Persona> findByName(String name);

    /** All, in the order in which they came. */
    @Query("SELECT * FROM persona ORDER BY id")
    List<Persona> findAllByOrderById();

    /** Those that are people. */
    @Query("SELECT * FROM persona WHERE human")
    List<Persona> findAllByHumanTrue();
}
