package dev.katra.core.persona;

import dev.katra.core.failure.Failure;
import dev.katra.core.store.Writes;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Finds personas and makes new ones. Names compare ignoring case. */
@Service
public class PersonaService {

    private static final int LONGEST = 64;
    private static final int HINTED = 10;

    private final Personas personas;
    private final Writes writes;
    private final Clock clock;
    private final JdbcClient jdbc;
    /** Who was found, as it was asked for: a persona never changes and never goes. */
    private final Map<String, Persona> known = new ConcurrentHashMap<>();

    PersonaService(Personas personas, Writes writes, Clock clock, JdbcClient jdbc) {
        this.personas = personas;
        this.writes = writes;
        this.clock = clock;
        this.jdbc = jdbc;
    }

    /**
     * The persona of that name, made if there is none. What it was first written as, human or not, stays.
     *
     * @throws Failure INVALID if it cannot be a name
     */
    public Persona ensure(String name, boolean human) {
        PersonaName.require(name);
        return find(name)
                .orElseGet(() -> writes.run(() -> personas.findByName(name)
                        .orElseGet(() -> personas.save(
                                new Persona(0, name, human, clock.instant().truncatedTo(ChronoUnit.MILLIS))))));
    }

    /** The persona of that name, if it was ever here. */
    public Optional<Persona> find(String name) {
        Persona before = known.get(name);
        if (before != null) {
            return Optional.of(before);
        }
        Optional<Persona> found = personas.findByName(name);
        if (!writes.isWriter(Thread.currentThread())) { // which may see one that is never committed
            found.ifPresent(persona -> known.put(name, persona));
        }
        return found;
    }

    /**
     * The persona of that name.
     *
     * @throws Failure NOT_FOUND with near names in the hint
     */
    public Persona get(String name) {
        return find(name).orElseThrow(() -> unknown(name, all()));
    }

    /** Everyone who was ever here, in the order in which they came. */
    public List<Persona> all() {
        return personas.findAllByOrderById();
    }

    /** Inside a read, and of every question's words: those of these names that are known, as first written, with their ids. */
    public Map<String, Long> among(Collection<String> names) {
        Map<String, Long> found = new LinkedHashMap<>();
        if (!names.isEmpty()) {
            String places = "?, ".repeat(names.size() - 1) + "?";
            jdbc.sql("SELECT name, id FROM persona WHERE name IN (" + places + ") ORDER BY id")
                    .params(List.copyOf(names))
                    .query(row -> {
                        found.put(row.getString(1), row.getLong(2));
                    });
        }
        return found;
    }

    /** Those among them that are people. */
    public List<Persona> people() {
        return personas.findAllByHumanTrue();
    }

    /** The names of the personas with these ids. */
    public Map<Long, String> names(Collection<Long> ids) {
        Map<Long, String> names = new LinkedHashMap<>();
        personas.findAllById(ids).forEach(persona -> names.put(persona.id(), persona.name()));
        return names;
    }

    private static Failure unknown(String name, List<Persona> known) {
        String asked = name.length() <= LONGEST ? name : name.substring(0, LONGEST) + "…";
        Failure failure = Failure.notFound("no persona is called \"" + asked + "\"");
        if (known.isEmpty()) {
            return failure.hint("nobody was here yet; start one: katra start --persona NAME");
        }
        List<String> near = new ArrayList<>(known.stream().map(Persona::name).toList());
        near.sort(Comparator.comparingInt(candidate -> NameDistance.between(asked, candidate)));
        String nearest = near.get(0);
        String list = String.join(", ", near.subList(0, Math.min(HINTED, near.size())))
                + (near.size() > HINTED ? " and " + (near.size() - HINTED) + " more" : "");
        return failure.hint(
                NameDistance.between(asked, nearest) <= Math.max(1, asked.length() / 3)
                        ? "did you mean " + nearest + "? known: " + list
                        : "known: " + list);
    }
}
