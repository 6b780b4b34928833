package dev.katra.core.persona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.katra.core.failure.Failure;
import dev.katra.core.memory.ExportedMemory;
import dev.katra.core.memory.MemoryKind;
import dev.katra.core.memory.MemoryScope;
import dev.katra.core.memory.MemoryTransfer;
import dev.katra.core.memory.NewMemory;
import dev.katra.core.memory.RecallQuery;
import dev.katra.core.persona.PersonaService.PersonaSummary;
import dev.katra.core.persona.PersonaService.Standing;
import dev.katra.core.room.HistoryQuery;
import dev.katra.core.room.MessageQuery;
import dev.katra.core.room.MessageSearch;
import dev.katra.core.room.NewMessage;
import dev.katra.core.room.SayReceipt;
import dev.katra.core.search.FilterTerms;
import dev.katra.core.search.IndexBuilder;
import dev.katra.core.session.ClaimedSession;
import dev.katra.core.session.SessionState;
import dev.katra.core.testing.TestClock;
import dev.katra.core.testing.TestStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom the room reaches, and what becomes of those who leave it. */
class PersonaStandingTests {

    private final TestClock clock = new TestClock();

    @TempDir
    Path folder;

    private TestStore store;
    private PersonaService personas;
    private Actor dario;

    @BeforeEach
    void open() {
        store = TestStore.open(folder, clock);
        personas = store.personas();
        dario = store.session("Dario");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aStartThatFailsLeavesNobodyBehind() {
        ClaimedSession claimed = store.sessions().claim(TestStore.claim("Ann"));
        assertThat(say("while it starts").recipients()).containsExactly("Ann");
        store.sessions().end(claimed.session().id(), "its launch failed");

        assertThat(say("after that").recipients()).isEmpty();
        assertThat(personas.all()).extracting(Persona::name).containsExactly("Dario");
        assertThat(toAnn().code()).isEqualTo(Failure.Code.NOT_FOUND);
        assertThat(toAnn().hint()).hasValue("known: Dario");
        assertThat(personas.ensure("Ann", true).human())
                .as("the name is free for a person")
                .isTrue();

        store.session("Bob");
        assertThat(say("to all").recipients()).containsExactly("Bob");
        clock.advance(Duration.ofDays(31));
        assertThat(store.room().deleteReceived(Duration.ofDays(30), 100))
                .as("what was for Ann alone, and no more")
                .isOne();
    }

    @Test
    void aSessionThatWorksIsHereWithoutAConnection() {
        long id = store.sessions().claim(TestStore.claim("Ann")).session().id();
        store.sessions().changeState(id, SessionState.WORKING);
        store.sessions().end(id, "stopped");

        assertThat(say("to all").recipients()).containsExactly("Ann");
    }

    @Test
    void anImportedAuthorGetsNoMailAndKeepsNothingFromBeingDeleted() {
        store.session("Bob");
        store.bean(MemoryTransfer.class)
                .importAll(List.of(ExportedMemory.ofUnknownOrigin(
                        "0197a7a0-0000-7000-8000-000000000001",
                        "Ann",
                        false,
                        new NewMemory("the sky is blue", MemoryKind.FACT, MemoryScope.TEAM, 3, List.of()),
                        clock.instant())));

        assertThat(say("to all").recipients()).containsExactly("Bob");
        assertThat(standing("Ann")).isEqualTo(Standing.AUTHOR);
        receiveAll("Bob");
        clock.advance(Duration.ofDays(31));
        assertThat(store.room().deleteReceived(Duration.ofDays(30), 100)).isOne();
    }

    @Test
    void aRetiredPersonaGetsNoMailUntilASessionOfItStarts() {
        ended("Ann");
        store.session("Bob");
        assertThat(say("before").recipients()).containsExactly("Ann", "Bob");
        receiveAll("Bob");

        personas.retire(personas.get("Ann"));

        assertThat(say("meanwhile").recipients()).containsExactly("Bob");
        receiveAll("Bob");
        assertThat(personas.all()).extracting(Persona::name).containsExactly("Dario", "Bob");
        assertThat(toAnn().code()).isEqualTo(Failure.Code.CONFLICT);
        assertThat(toAnn().hint()).hasValueSatisfying(hint -> assertThat(hint).contains("katra start --persona Ann"));
        clock.advance(Duration.ofDays(31));
        assertThat(store.room().deleteReceived(Duration.ofDays(30), 1))
                .as("although Ann has one unread")
                .isOne();

        store.session("Ann");
        assertThat(standing("Ann")).isEqualTo(Standing.HERE);
        assertThat(say("again").recipients()).containsExactly("Ann", "Bob");
    }

    @Test
    void aRetiredPersonIsBackWithWhatItDoes() {
        store.human("Ada");
        personas.retire(personas.get("Ada"));
        assertThat(say("meanwhile").recipients()).isEmpty();
        Failure failure = catchThrowableOfType(
                Failure.class, () -> store.room().say(dario, NewMessage.to(List.of("Ada"), "hello"), null));
        assertThat(failure.hint()).hasValue("katra hear --as Ada brings it back");

        store.human("Ada");

        assertThat(say("again").recipients()).containsExactly("Ada");
    }

    @Test
    void aRemovedPersonaStaysTheAuthorOfWhatItWrote() {
        Actor ann = ended("Ann");
        store.room().say(ann, NewMessage.toRoom("I was here"), null);
        store.memory().remember(ann, NewMemory.note("the port is 5544"), null);
        say("unread");
        assertThat(personas.summaries())
                .filteredOn(each -> each.name().equals("Ann"))
                .containsExactly(new PersonaSummary("Ann", false, Standing.HERE, 1, 1, 1, 0));

        personas.remove(personas.get("Ann"));

        assertThat(personas.summaries())
                .filteredOn(each -> each.name().equals("Ann"))
                .containsExactly(new PersonaSummary("Ann", false, Standing.AUTHOR, 0, 1, 1, 0));
        assertThat(say("to nobody").recipients()).isEmpty();
        assertThat(store.room().history(new HistoryQuery(null, "Ann", null, null, 10)))
                .singleElement()
                .satisfies(message -> assertThat(message.sender().name()).isEqualTo("Ann"));
        assertThat(store.memory().recall(dario, RecallQuery.of("port")).found())
                .singleElement()
                .satisfies(found -> assertThat(found.memory().author().name()).isEqualTo("Ann"));

        assertThat(store.session("Ann").personaId()).isEqualTo(ann.personaId());
        assertThat(say("welcome back").recipients()).containsExactly("Ann");
    }

    @Test
    void theIndexForgetsForWhomTheUnreadMailOfARemovedPersonaWas() {
        Actor ann = ended("Ann");
        Actor bob = store.session("Bob");
        String longText = IntStream.range(0, 8_000).mapToObj(n -> "w" + n + "x").collect(Collectors.joining(" "));
        store.room().say(dario, NewMessage.to(List.of("Ann"), "for her alone"), null);
        store.room().say(dario, NewMessage.to(List.of("Ann", "Bob"), "for both " + longText), null);
        say("to all");
        assertThat(indexedFor(ann)).isEqualTo(2);

        personas.remove(personas.get("Ann"));

        assertThat(indexedFor(ann)).isZero();
        assertThat(store.count("SELECT count(*) FROM index_removal")).isZero();
        assertThat(found(bob, "w7999x")).isEqualTo(1);
        receiveAll("Bob"); // the long one
        receiveAll("Bob");
        clock.advance(Duration.ofDays(31));
        assertThat(store.room().deleteReceived(Duration.ofDays(30), 100)).isEqualTo(2);
        Actor back = store.session("Ann");
        assertThat(found(back, "alone")).isZero();
        assertThat(found(back, "w7999x")).isZero();
        store.bean(IndexBuilder.class).rebuild(progress -> {});
        assertThat(found(bob, "alone")).as("after the index is filled anew").isZero();
        assertThat(found(dario, "alone")).isEqualTo(1);
        store.writes().run(() -> store.jdbc()
                .sql("INSERT INTO message_index (message_index) VALUES ('integrity-check')")
                .update());
    }

    private long indexedFor(Actor actor) {
        return store.count("SELECT coalesce(sum(doc), 0) FROM message_word WHERE term = '"
                + FilterTerms.privateTo(actor.personaId()) + "'");
    }

    private long found(Actor viewer, String text) {
        return store.bean(MessageSearch.class)
                .find(new MessageQuery(viewer, text, null, null, 10))
                .total();
    }

    @Test
    void aRenamedPersonaIsFoundByItsNewName() {
        Actor ann = ended("Ann");
        long number = store.memory()
                .remember(ann, NewMemory.note("the port is 5544"), null)
                .number();

        store.bean(IndexBuilder.class).rebuildAfter(() -> personas.rename(personas.get("Ann"), "Anna"), progress -> {});

        assertThat(personas.find("Ann")).isEmpty();
        assertThat(say("hello").recipients()).containsExactly("Anna");
        assertThat(store.memory()
                        .recall(dario, RecallQuery.of("what did Anna say about the port?"))
                        .found())
                .singleElement()
                .satisfies(found -> assertThat(found.memory().author().name()).isEqualTo("Anna"));
        store.memory().forget(new Actor(ann.personaId(), "Anna", false, null), number);
        assertThat(store.memory().recall(dario, RecallQuery.of("port")).found()).isEmpty();
        Failure taken = catchThrowableOfType(Failure.class, () -> store.writes().run(() -> {
            personas.rename(personas.get("Anna"), "DARIO");
            return true;
        }));
        assertThat(taken.code()).isEqualTo(Failure.Code.CONFLICT);
        assertThat(taken).hasMessageContaining("a persona called \"Dario\" is there already");
    }

    @Test
    void whoRunsStaysAsItIs() {
        Persona running = personas.get("Dario");

        for (Runnable change : List.<Runnable>of(() -> personas.retire(running), () -> personas.remove(running))) {
            Failure failure = catchThrowableOfType(Failure.class, change::run);
            assertThat(failure.code()).isEqualTo(Failure.Code.CONFLICT);
            assertThat(failure.hint()).hasValue("katra stop Dario");
        }
        assertThat(standing("Dario")).isEqualTo(Standing.HERE);
    }

    private Actor ended(String name) {
        Actor actor = store.session(name);
        store.sessions().end(Objects.requireNonNull(actor.sessionId()), "stopped");
        return new Actor(actor.personaId(), actor.persona(), false, null);
    }

    private void receiveAll(String name) {
        Persona persona = personas.get(name);
        Actor actor = new Actor(persona.id(), name, false, null);
        store.room()
                .markReceived(
                        actor,
                        store.room().inbox(actor).messages().stream()
                                .map(each -> each.number())
                                .toList());
    }

    private SayReceipt say(String text) {
        return store.room().say(dario, NewMessage.toRoom(text), null);
    }

    private Failure toAnn() {
        return catchThrowableOfType(
                Failure.class, () -> store.room().say(dario, NewMessage.to(List.of("Ann"), "hello"), null));
    }

    private Standing standing(String name) {
        return personas.summaries().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow()
                .standing();
    }
}
