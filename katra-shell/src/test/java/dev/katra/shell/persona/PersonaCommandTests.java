package dev.katra.shell.persona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.katra.core.failure.Failure;
import dev.katra.core.memory.MemoryKind;
import dev.katra.core.memory.MemoryScope;
import dev.katra.core.memory.NewMemory;
import dev.katra.core.memory.RecallQuery;
import dev.katra.core.persona.Actor;
import dev.katra.core.persona.Persona;
import dev.katra.core.room.NewMessage;
import dev.katra.core.search.IndexBuilder;
import dev.katra.core.testing.TestStore;
import dev.katra.core.turn.TurnKey;
import dev.katra.core.turn.TurnRecorder;
import dev.katra.core.turn.TurnSelection;
import dev.katra.core.turn.TurnService;
import dev.katra.launcher.agent.Agents;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Input;
import dev.katra.shell.console.Outcome;
import dev.katra.shell.testing.Options;
import dev.katra.shell.testing.TestCaller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is in the room and who leaves it, as a person sees it, over a real store. */
class PersonaCommandTests {

    @TempDir
    Path folder;

    private TestStore store;
    private PersonaCommand command;
    private Actor ada;
    private Actor sam;
    private Actor running;

    @BeforeEach
    void open() throws IOException {
        store = TestStore.open(folder);
        command = new PersonaCommand(
                Agents.standard(),
                store.personas(),
                store.memory(),
                store.bean(TurnService.class),
                store.bean(IndexBuilder.class));
        ada = store.human("Ada");
        running = store.session("Sam");
        store.room().say(running, NewMessage.toRoom("I was here"), null);
        store.memory().remember(running, NewMemory.note("the port is 5544"), null);
        store.memory()
                .remember(
                        running,
                        new NewMemory("my own port is 6655", MemoryKind.NOTE, MemoryScope.PRIVATE, 3, List.of()),
                        null);
        store.sessions().end(Objects.requireNonNull(running.sessionId()), "stopped");
        sam = new Actor(running.personaId(), "Sam", false, null);
        store.room().say(ada, NewMessage.toRoom("hello"), null);
        Files.createDirectories(configuration("Sam").resolve("projects"));
        store.personas().ensure("Failed", false);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void listsWhoIsHereAndTheOthersOnDemand() {
        assertThat(run(caller -> command.list(caller, false, Options.TEXT))).isEqualTo("""
                PERSONA  KIND    STANDING  UNREAD  SAID  MEMORIES
                Ada      person  here      1       1     0
                Sam      model   here      1       1     2
                """);
        run(caller -> command.retire(caller, "sam"));
        assertThat(run(caller -> command.list(caller, true, Options.TEXT))).isEqualTo("""
                PERSONA  KIND    STANDING  UNREAD  SAID  MEMORIES
                Ada      person  here      1       1     0
                Sam      model   retired   1       1     2
                Failed   model   author    0       0     0
                """);
        assertThat(run(caller -> command.list(caller, false, Options.JSON)))
                .startsWith("[{\"name\":\"Ada\",\"human\":true,\"standing\":\"here\",\"unread\":1,")
                .doesNotContain("Sam");
    }

    @Test
    void aRenameTakesTheConfigurationAlong() {
        assertThat(run(caller -> command.rename(caller, "sam", "Samuel"))).isEqualTo("Sam is Samuel\n");

        assertThat(configuration("Samuel").resolve("projects")).isDirectory();
        assertThat(configuration("Sam")).doesNotExist();
        Failure taken =
                catchThrowableOfType(Failure.class, () -> run(caller -> command.rename(caller, "Samuel", "ada")));
        assertThat(taken).hasMessage("a persona called \"Ada\" is there already");
        assertThat(configuration("Samuel")).isDirectory();
    }

    @Test
    void aRemovalSaysWhatItTouchesAndLeavesWhatWasForAll() {
        TurnKey key = new TurnKey("c1", "p1", false);
        store.bean(TurnRecorder.class).recordPrompt(running, key, "/work", "which port?");
        TestCaller asked = caller();
        command.touched(asked.caller(), "sam");
        assertThat(asked.err()).isEqualTo("""
                Removing Sam deletes 1 unread message, 1 private memory, 1 private turn, the isolated Claude configuration with its \
                conversations.
                What it has said and written for all stays, under its name: 1 message, 1 memory.
                """);

        assertThat(run(caller -> command.removed(caller, "sam"))).isEqualTo("removed Sam\n");

        assertThat(store.personas().all()).extracting(Persona::name).containsExactly("Ada");
        assertThat(store.bean(TurnService.class).count(TurnSelection.ALL)).isZero();
        assertThat(configuration("Sam")).doesNotExist();
        assertThat(store.memory().recall(sam, RecallQuery.of("port")).found())
                .extracting(found -> found.memory().body().content())
                .containsExactly("the port is 5544");
    }

    @Test
    void aRemovalAsksFirst() {
        assertThat(removal(caller().terminal().input(answering("y")), false)).containsExactly("touched", "removed");
        assertThat(removal(caller(), true)).containsExactly("touched", "removed");
        for (TestCaller unasked : List.of(
                caller().terminal().input(answering("")),
                caller().terminal().input(answering("no")),
                caller().input(answering("y")))) {
            List<String> run = new ArrayList<>();
            Failure failure = catchThrowableOfType(Failure.class, () -> removal(unasked, false, run));
            assertThat(failure).hasMessage("nothing is removed");
            assertThat(failure.hint()).hasValue("add --yes where nobody can be asked");
            assertThat(run).containsExactly("touched");
        }
    }

    private static List<String> removal(TestCaller caller, boolean yes) {
        List<String> run = new ArrayList<>();
        assertThat(removal(caller, yes, run)).isEqualTo(Outcome.OK);
        return run;
    }

    private static Outcome removal(TestCaller caller, boolean yes, List<String> run) {
        return PersonaRemoveCommand.remove(caller.caller(), "Sam", yes, sent -> {
            run.add(sent.arguments().get(1));
            assertThat(sent.arguments()).last().isEqualTo("Sam");
            return Outcome.OK;
        });
    }

    private static Input answering(String line) {
        return new Input() {
            @Override
            public String readAll() {
                return line;
            }

            @Override
            public Optional<String> nextLine() {
                return Optional.of(line);
            }
        };
    }

    private Path configuration(String persona) {
        return Agents.standard().isolatedFolder(store.home(), persona);
    }

    private String run(Consumer<Caller> what) {
        TestCaller caller = caller();
        what.accept(caller.caller());
        return caller.out();
    }

    private TestCaller caller() {
        return TestCaller.of("persona").home(store.home().root());
    }
}
