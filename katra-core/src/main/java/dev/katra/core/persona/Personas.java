package dev.katra.core.persona;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.transaction.annotation.Transactional;

/** The stored personas. The column compares names ignoring case. */
@Transactional(readOnly = true)
public interface Personas extends ListCrudRepository<Persona, Long> {

    /** The persona of that name, ignoring case. */
    Optional<Persona> findByName(String name);

    /** Those of these names, ignoring case. */
    List<Persona> findByNameIn(Collection<String> names);

    /** All, in the order in which they came. */
    List<Persona> findAllByOrderById();

    /** Those that are people. */
    List<Persona> findAllByHumanTrue();
}
