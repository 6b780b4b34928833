package dev.katra.core.persona;

import dev.katra.core.concurrent.BoundedCache;
import dev.katra.core.failure.Failure;
import dev.katra.core.search.CutTexts;
import dev.katra.core.store.Reads;
import dev.katra.core.store.Writes;
import dev.katra.core.text.Closest;
import dev.katra.core.text.ExternallyNamed;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;

/** Finds and creates personas, and changes how they stand to the room. Names compare ignoring case. */
@Service
public class PersonaService {

    private static final int MAX_SHOWN_CHARACTERS = 64;
    private static final int HINTED = 10;
    private static final int MAX_KNOWN = 10_000;

    private final Personas personas;
    private final Writes writes;
    private final Reads reads;
    private final UnreadMail mail;
    private final Clock clock;
    /**
     * The personas that were found, by the name as it was asked for; cleared when any of them changes. A persona is
     * never deleted: as an author it stays.
     */
    private final BoundedCache<String, Persona> known = new BoundedCache<>(MAX_KNOWN);

    private final Set<Long> here = ConcurrentHashMap.newKeySet();

    PersonaService(Personas personas, Writes writes, Reads reads, Clock clock, UnreadMail mail) {
        this.personas = personas;
        this.writes = writes;
        this.reads = reads;
        this.mail = mail;
        this.clock = clock;
    }

    /**
     * Returns the persona of that name, which is created if there is none. A persona that was here keeps what it first
     * was, human or not.
     *
     * @throws Failure INVALID if it cannot be a name
     */
    public Persona ensure(String name, boolean human) {
        requireName(name);
        return find(name)
                .map(found -> found.human() == human ? found : adoptAuthor(found, human))
                .orElseGet(() -> writes.run(
                        () -> personas.findByName(name).orElseGet(() -> personas.add(name, human, clock.instant()))));
    }

    /**
     * Returns the name if it is that of a persona or a new one can have it: a persona whose name was reserved later
     * keeps it.
     *
     * @throws Failure INVALID otherwise
     */
    public String requireName(String name) {
        PersonaName.require(name);
        return find(name).isPresent() ? name : PersonaName.requireNew(name);
    }

    /** Makes an author who was never here a person or a model, as it comes now. */
    private Persona adoptAuthor(Persona found, boolean human) {
        if (standing(found) != Standing.AUTHOR) {
            return found;
        }
        return writes.run(() -> {
            writes.afterCommit(this::forgetKnown);
            personas.changeHuman(found.id(), human);
            return new Persona(found.id(), found.name(), human, found.createdAt());
        });
    }

    /** Returns the persona of that name, if it was ever here or has written something. */
    public Optional<Persona> find(String name) {
        Persona before = known.get(name);
        if (before != null) {
            return Optional.of(before);
        }
        Optional<Persona> found = reads.run(() -> personas.findByName(name));
        if (!writes.isWriter(Thread.currentThread())) { // which may see one that is never committed
            found.ifPresent(persona -> known.put(name, persona));
        }
        return found;
    }

    /**
     * Returns the persona of that name.
     *
     * @throws Failure NOT_FOUND with similar names in the hint
     */
    public Persona get(String name) {
        return find(name).orElseThrow(() -> unknown(name, all()));
    }

    /**
     * Returns everyone who is here, in the order in which they came: neither authors who were never here nor retired
     * personas.
     */
    public List<Persona> all() {
        return reads.run(personas::findAllHere);
    }

    /**
     * Returns the persona of that name, as one that mail can go to.
     *
     * @throws Failure NOT_FOUND with similar names in the hint; CONFLICT if it is retired
     */
    public Persona getAddressee(String name) {
        Persona persona = get(name);
        return switch (standing(persona)) {
            case HERE -> persona;
            case RETIRED ->
                throw Failure.conflict(persona.name() + " is retired, and gets no mail")
                        .hint(commandToBringBack(persona) + " brings it back");
            case AUTHOR -> throw unknown(name, all());
        };
    }

    /** Returns the command that brings a retired persona back. */
    public static String commandToBringBack(Persona persona) {
        return persona.human() ? "katra hear --as " + persona.name() : "katra start --persona " + persona.name();
    }

    /** The ways in which a persona can stand to the room. */
    public enum Standing implements ExternallyNamed {
        /** The persona gets the messages to the room. */
        HERE,
        /** The persona was here, and gets no mail until it is back. */
        RETIRED,
        /** The persona was never here, or was removed; its name stands below what it has written. */
        AUTHOR
    }

    private Standing standing(Persona persona) {
        return reads.run(() -> personas.standing(persona.id()));
    }

    /**
     * Summarises a persona: its standing, and what it has received and written.
     *
     * @param unread the number of messages that it has not received
     * @param said the number of messages that it has sent
     * @param memories the number of its valid memories, private ones included
     */
    public record PersonaSummary(
            String name, boolean human, Standing standing, int unread, int said, int memories, int privateMemories) {}

    /** Returns a summary of every persona, the authors included, in the order in which they came. */
    public List<PersonaSummary> summaries() {
        return reads.run(personas::summaries);
    }

    /**
     * Notes that the persona is here: a person has done something, or a session has connected. A retired persona is
     * back.
     */
    public void noteArrival(long id) {
        if (!here.contains(id)) {
            writes.run(() -> {
                writes.afterCommit(() -> here.add(id));
                personas.markHere(id, clock.instant());
                return true;
            });
        }
    }

    /**
     * Retires a persona: it gets no mail and stands in no hint until it is back. What it has, stays.
     *
     * @throws Failure CONFLICT if a session of the persona runs
     */
    public void retire(Persona persona) {
        change(persona, () -> {
            personas.markRetired(persona.id(), clock.instant());
            return true;
        });
    }

    /**
     * Removes a persona from the room: its unread mail is deleted, and it is only an author from here on. What it has
     * said and written stays, under its name. Meanwhile the persona is retired, and it stays so if the removal is cut
     * off; then it can be removed again.
     *
     * @throws Failure CONFLICT if a session of the persona runs, or if it comes back meanwhile
     */
    public void remove(Persona persona) {
        retire(persona);
        CutTexts cut = new CutTexts();
        var unused = cut.completeOrRestore(
                () -> change(persona, () -> removePart(persona, cut)) ? true : null,
                message -> writes.run(() -> mail.restore(message, cut)) ? true : null);
    }

    private boolean removePart(Persona persona, CutTexts cut) {
        if (!personas.isRetired(persona.id())) {
            throw Failure.conflict(persona.name() + " has come back, and is not removed")
                    .hint("katra persona remove " + persona.name());
        }
        boolean removed = mail.delete(persona.id(), cut);
        if (removed) {
            personas.markAuthor(persona.id());
        }
        return removed;
    }

    /**
     * Gives a persona another name. Must be called inside a write that also empties the indexes, for they hold the
     * names.
     *
     * @throws Failure CONFLICT if a session of the persona runs, or if the name is another persona's; INVALID if it
     *     cannot be a name
     */
    public void rename(Persona persona, String name) {
        PersonaName.requireNew(name);
        personas.findByName(name).filter(other -> other.id() != persona.id()).ifPresent(other -> {
            throw Failure.conflict("a persona called \"" + other.name() + "\" is there already")
                    .hint("katra persona list --all");
        });
        change(persona, () -> {
            personas.rename(persona.id(), name);
            return true;
        });
    }

    /** Returns the numbers of the persona's valid private memories. */
    public List<Long> privateMemories(Persona persona) {
        return reads.run(() -> personas.privateMemories(persona.id()));
    }

    private <T> T change(Persona persona, Supplier<T> change) {
        return writes.run(() -> {
            if (personas.isRunning(persona.id())) {
                throw Failure.conflict(persona.name() + " is running").hint("katra stop " + persona.name());
            }
            T changed = change.get();
            writes.afterCommit(this::forgetKnown);
            return changed;
        });
    }

    private void forgetKnown() {
        known.clear();
        here.clear();
    }

    /**
     * Returns the ids of those personas that have one of these names, by the names as first written. Must be called
     * inside a read; it is asked for the words of every question.
     */
    public Map<String, Long> idsByName(Collection<String> names) {
        return personas.idsByName(names);
    }

    /** Returns the personas that are here and are people. */
    public List<Persona> people() {
        return reads.run(personas::findPeopleHere);
    }

    /** Returns the names of the personas with these ids. */
    public Map<Long, String> namesById(Collection<Long> ids) {
        Map<Long, String> names = new LinkedHashMap<>();
        reads.run(() -> personas.find(ids)).forEach(persona -> names.put(persona.id(), persona.name()));
        return names;
    }

    private static Failure unknown(String name, List<Persona> known) {
        String asked = name.length() <= MAX_SHOWN_CHARACTERS ? name : name.substring(0, MAX_SHOWN_CHARACTERS) + "…";
        Failure failure = Failure.notFound("no persona is called \"" + asked + "\"");
        if (known.isEmpty()) {
            return failure.hint("nobody was here yet; start one: katra start --persona NAME");
        }
        List<String> near =
                Closest.byDistance(asked, known.stream().map(Persona::name).toList());
        String list = String.join(", ", near.subList(0, Math.min(HINTED, near.size())))
                + (near.size() > HINTED ? " and " + (near.size() - HINTED) + " more" : "");
        return failure.hint(Closest.to(asked, near)
                        .map(nearest -> "did you mean " + nearest + "? ")
                        .orElse("") + "known: " + list);
    }
}
