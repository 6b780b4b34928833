package dev.katra.shell.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.katra.core.failure.Failure;
import dev.katra.core.lookup.RecallService;
import dev.katra.core.lookup.SearchService;
import dev.katra.core.memory.ExportedMemory;
import dev.katra.core.memory.MemoryAuthor;
import dev.katra.core.memory.MemoryOrigin;
import dev.katra.core.memory.MemoryService;
import dev.katra.core.memory.MemoryTransfer;
import dev.katra.core.memory.NewMemory;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.room.NewMessage;
import dev.katra.core.search.IndexBuilder;
import dev.katra.core.secret.SecretGuard;
import dev.katra.core.session.SessionService;
import dev.katra.core.testing.TestClock;
import dev.katra.core.testing.TestStore;
import dev.katra.core.turn.ImportedTurn;
import dev.katra.core.turn.TurnBody;
import dev.katra.core.turn.TurnKey;
import dev.katra.core.turn.TurnTransfer;
import dev.katra.shell.console.ResultLimit;
import dev.katra.shell.console.SinceOption;
import dev.katra.shell.room.ActorResolver;
import dev.katra.shell.room.MaskedNote;
import dev.katra.shell.testing.Options;
import dev.katra.shell.testing.TestCaller;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The memory as a person sees it at the shell, over a real store. */
class MemoryCommandsTests {

    @TempDir
    Path home;

    private final TestClock clock = new TestClock();
    private TestStore store;
    private MemoryService memories;
    private ActorResolver speakers;

    @BeforeEach
    void open() {
        store = TestStore.open(home, clock);
        memories = store.memory();
        speakers = new ActorResolver(store.bean(PersonaService.class), store.bean(SessionService.class));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whatIsRememberedAgainIsConfirmed() {
        assertThat(remember("the deploy window is Tuesday")).isEqualTo("remembered as 1\n");
        assertThat(remember("the deploy window is Tuesday")).isEqualTo("already known as 1, confirmed\n");
    }

    @Test
    void pastTurnsAreFoundWhereNoMemoryAnswers() {
        store.bean(TurnTransfer.class)
                .importAll(
                        List.of(new ImportedTurn(
                                new TurnKey("c1", "p1", false),
                                new TurnBody("Where is the xylophone?", "In the cellar."),
                                clock.instant(),
                                clock.instant(),
                                "/work")),
                        store.personas().ensure("Sam", false));
        assertThat(recall("where is the xylophone?", null)).isEqualTo("""
                from past turns:
                turn #1 Sam, 0s ago, private [xylophone]
                  asked: Where is the xylophone?
                  answered: In the cellar.
                """);
        remember("the xylophone is in the attic");
        assertThat(recall("where is the xylophone?", null)).startsWith("#1 Ada").doesNotContain("turn");
        TestCaller json = TestCaller.of("recall").variable("USER", "Ada");
        new RecallCommand(store.bean(RecallService.class), speakers, clock)
                .recall(json.caller(), filter(10, null), Options.NOT_NAMED, Options.JSON, List.of("the cellar"));
        assertThat(json.out()).startsWith("{\"found\":[],\"total\":0,").contains("\"turns\":[{\"turn\":{\"number\":1,");
    }

    @Test
    void aSecretIsNotStoredAndThatIsSaid() {
        String key = "ghp_" + "a1B2c3D4e5F6".repeat(3);
        TestCaller caller = TestCaller.of("memory", "edit").variable("USER", "Ada");
        assertThat(remember("the token is " + key)).isEqualTo("remembered as 1\n");
        editing()
                .edit(
                        caller.caller(),
                        change(List.of(), null),
                        Options.NOT_NAMED,
                        Options.TEXT,
                        1L,
                        List.of("now", key));

        assertThat(show(2))
                .contains("the token is [GitHub token]", "now [GitHub token]")
                .doesNotContain("ghp_");
        assertThat(caller.err())
                .isEqualTo("katra: masked, for secrets are not kept: GitHub token"
                        + " (katra.secrets in server.properties changes that)\n");
    }

    @Test
    void aSecretInATagIsSaidToo() {
        String key = "ghp_" + "a1B2c3D4e5F6".repeat(3);
        TestCaller caller = TestCaller.of("remember").variable("USER", "Ada");
        new RememberCommand(memories, speakers, new MaskedNote(store.bean(SecretGuard.class)), clock)
                .remember(
                        caller.caller(),
                        new NewMemoryOptions("note", List.of(key), 3, false, null),
                        Options.NOT_NAMED,
                        Options.TEXT,
                        List.of("a walrus"));
        editing()
                .edit(
                        caller.caller(),
                        change(List.of(key, "marine"), null),
                        Options.NOT_NAMED,
                        Options.TEXT,
                        1L,
                        List.of());

        assertThat(show(1)).contains("[GitHub-token]", "marine").doesNotContain("ghp_");
        assertThat(caller.err().lines())
                .satisfiesExactly(
                        first -> assertThat(first).contains("masked, for secrets are not kept: GitHub token ("),
                        second -> assertThat(second).contains("masked, for secrets are not kept: GitHub token"));
    }

    @Test
    void nobodyIsCalledAsTheProgramOrAsEverybody() {
        TestCaller login = TestCaller.of("remember").variable("USER", "katra");
        assertThat(speakers.resolve(login.caller(), null).persona()).isEqualTo("katra-1");
        for (String name : List.of("Katra", "ALL", "room", "everyone")) {
            assertThatThrownBy(() -> speakers.resolve(login.caller(), name))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("\"" + name + "\" cannot be a persona's name");
            assertThatThrownBy(() -> speakers.resolve(
                            TestCaller.of("say").variable("KATRA_AS", name).caller(), null))
                    .isInstanceOf(Failure.class);
            assertThatThrownBy(() -> store.bean(MemoryTransfer.class)
                            .importAll(List.of(ExportedMemory.single(
                                    "u-" + name,
                                    new MemoryAuthor(name, false),
                                    NewMemory.note("gazebo"),
                                    MemoryOrigin.unknown(clock.instant())))))
                    .isInstanceOf(Failure.class);
        }
    }

    @Test
    void recallSaysWhoWhenWhatAndWhy() {
        remember("the deploy window is Tuesday\nbetween two and three");
        clock.advance(Duration.ofDays(3));

        assertThat(recall("when is the deploy window?", null))
                .isEqualTo(
                        "#1 Ada (a person), note, 3d ago (2026-01-02) [deploy, window]: the deploy window is Tuesday\n    between two and three\n");
    }

    @Test
    void aLongMemoryIsCutAndSaysHowToSeeTheWhole() {
        remember("lorem ipsum ".repeat(100) + "the code is 4711 " + "dolor sit ".repeat(100));

        assertThat(recall("code 4711", null))
                .contains("the code is 4711")
                .containsPattern("\\n {4}\\(\\d+ bytes left out: katra memory show 1\\)\\n");
        assertThat(show(1)).contains("lorem ipsum lorem", "dolor sit dolor");
    }

    @Test
    void sinceIsAnAgeOrADate() {
        remember("old otter");
        clock.advance(Duration.ofDays(8));
        remember("new otter");

        assertThat(recall("otter", "7d")).contains("new otter").doesNotContain("old");
        assertThat(recall("otter", "9d")).contains("new otter", "old otter");
        assertThatThrownBy(() -> recall("otter", "soon")).isInstanceOf(Failure.class);
    }

    @Test
    void anEditSupersedesAndBothCanBeSeen() {
        remember("the port is 5544");
        clock.advance(Duration.ofHours(2));

        assertThat(edit(1, null, "the port is 6655")).isEqualTo("remembered as 2, which supersedes 1\n");
        assertThat(show(1))
                .startsWith("#1 Ada (a person), note, 2h ago, superseded by #2 (")
                .contains("other revisions:\n#2 Ada (a person), note, 0s ago", "  supersedes #1\n    the port is 6655");
        assertThat(recall("port", null)).startsWith("#2 Ada");
        assertThat(edit(2, null, "the port is 6655")).isEqualTo("memory 2 says that already\n");
    }

    @Test
    void anEditTakesItsTextFromStandardInputOrChangesTheRestOnly() {
        remember("draft");
        TestCaller caller =
                TestCaller.of("memory", "edit").variable("USER", "Ada").input("from a file\n");
        editing().edit(caller.caller(), change(List.of(), null), Options.NOT_NAMED, Options.TEXT, 1L, List.of("-"));
        assertThat(show(2)).contains("    from a file\n");

        assertThat(edit(2, 5)).isEqualTo("remembered as 3, which supersedes 2\n");
        assertThat(show(3)).contains("  importance 5\n", "    from a file\n");
        assertThatThrownBy(() -> edit(3, null)).isInstanceOf(Failure.class).hasMessage("there is nothing to change");
    }

    @Test
    void theNearestIsToldAndAPersonSettlesWhatIsContradicted() {
        remember("the deploy window is Tuesday");
        TestCaller caller = TestCaller.of("remember").variable("USER", "Ben");
        new RememberCommand(memories, speakers, new MaskedNote(store.bean(SecretGuard.class)), clock)
                .remember(
                        caller.caller(),
                        new NewMemoryOptions("note", List.of(), 3, false, 1L),
                        Options.NOT_NAMED,
                        Options.TEXT,
                        List.of("the deploy window is Friday"));
        assertThat(caller.out()).isEqualTo("remembered as 2, which contradicts 1\n");
        assertThat(remember("the deploy window is Thursday")).startsWith("remembered as 3\n");
        assertThat(show(1)).startsWith("#1 Ada (a person), note, 0s ago, contradicted by #2 of Ben, 0s ago (");
        assertThat(show(2)).startsWith("#2 Ben (a person), note, 0s ago, contradicts #1 of Ada (");

        TestCaller ada = TestCaller.of("memory").variable("USER", "Ada");
        new MemoryKeepCommand(memories, speakers).keep(ada.caller(), Options.NOT_NAMED, 1L);
        new MemorySupersedeCommand(memories, speakers).supersede(ada.caller(), Options.NOT_NAMED, 2L, 1L);
        assertThat(ada.out()).isEqualTo("memory 1 is kept\nmemory 1 supersedes 2\n");
        assertThat(show(1)).startsWith("#1 Ada (a person), note, 0s ago (");
    }

    @Test
    void recentShowsTheNewestFirst() {
        remember("one");
        remember("two");
        remember("three");
        TestCaller caller = TestCaller.of("recent").variable("USER", "Ada");
        new RecentCommand(memories, speakers, clock)
                .recent(caller.caller(), filter(2, null), Options.NOT_NAMED, Options.TEXT);

        assertThat(caller.out())
                .isEqualTo("#3 Ada (a person), note, 0s ago: three\n#2 Ada (a person), note, 0s ago: two\n");
        assertThat(caller.err()).isEqualTo("there are older ones; --limit shows them\n");
    }

    @Test
    void forgettingSaysWhatIsGone() {
        remember("secret plan");
        edit(1, null, "better plan");
        TestCaller caller = TestCaller.of("forget").variable("USER", "Ada");
        ForgetCommand forget = new ForgetCommand(memories, speakers);

        forget.forget(caller.caller(), Options.NOT_NAMED, Options.TEXT, 2L);
        forget.forget(caller.caller(), Options.NOT_NAMED, Options.TEXT, 2L);

        assertThat(caller.out())
                .isEqualTo("forgotten: #1 secret plan\nforgotten: #2 better plan\nmemory 2 was forgotten before\n");
    }

    @Test
    void noTextDoesAnythingToTheTerminal() {
        remember("gazebo \u001b[31m");
        store.room().say(store.human("Ben"), new NewMessage(List.of(), "gazebo \u001b[2J", null), null);
        TestCaller caller = TestCaller.of("search").variable("USER", "Ada");

        new SearchCommand(store.bean(SearchService.class), speakers, clock)
                .search(caller.caller(), new ResultLimit(10), Options.NOT_NAMED, Options.TEXT, List.of("gazebo"));
        new ForgetCommand(memories, speakers).forget(caller.caller(), Options.NOT_NAMED, Options.TEXT, 1L);

        assertThat(caller.out()).contains("\u241b[31m", "\u241b[2J").doesNotContain("\u001b");
    }

    @Test
    void whereAnImportedMemoryIsFromDoesNothingToTheTerminal() {
        store.bean(MemoryTransfer.class)
                .importAll(List.of(ExportedMemory.single(
                        "u-1",
                        new MemoryAuthor("Ada", true),
                        NewMemory.note("gazebo"),
                        MemoryOrigin.inFolder(clock.instant(), "/work\u001b[2J"))));

        assertThat(show(1)).contains("  from /work\u241b[2J\n").doesNotContain("\u001b");
    }

    @Test
    void oneSearchFindsMemoriesAndMessages() {
        remember("the gazebo is painted green");
        store.room().say(store.human("Ben"), new NewMessage(List.of(), "who paints the gazebo?", null), null);
        TestCaller caller = TestCaller.of("search").variable("USER", "Ada");
        SearchCommand search = new SearchCommand(store.bean(SearchService.class), speakers, clock);

        search.search(caller.caller(), new ResultLimit(10), Options.NOT_NAMED, Options.TEXT, List.of("gazebo"));

        assertThat(caller.out().lines())
                .containsExactlyInAnyOrder(
                        "memory #1 Ada (a person), note, 0s ago [gazebo]: the gazebo is painted green",
                        "message #1 Ben, 0s ago [gazebo]: who paints the gazebo?");
        TestCaller json = TestCaller.of("search").variable("USER", "Ada");
        search.search(json.caller(), new ResultLimit(10), Options.NOT_NAMED, Options.JSON, List.of("gazebo"));
        JsonNode hits = JsonMapper.shared().readTree(json.out());
        assertThat(hits.path("total").asInt()).isEqualTo(2);
    }

    @Test
    void reindexingSaysHowFarItCame() {
        remember("one");
        remember("two");
        TestCaller caller = TestCaller.of("memory", "reindex");

        new MemoryReindexCommand(store.bean(IndexBuilder.class), clock).reindex(caller.caller());

        assertThat(caller.out()).isEqualTo("indexed memories up to #2, no messages and no turns\n");
        assertThat(recall("two", null)).contains("two");
    }

    private String remember(String text) {
        TestCaller caller = TestCaller.of("remember").variable("USER", "Ada");
        new RememberCommand(memories, speakers, new MaskedNote(store.bean(SecretGuard.class)), clock)
                .remember(
                        caller.caller(),
                        new NewMemoryOptions("note", List.of(), 3, false, null),
                        Options.NOT_NAMED,
                        Options.TEXT,
                        List.of(text));
        return caller.out();
    }

    private String recall(String question, @Nullable String since) {
        TestCaller caller = TestCaller.of("recall").variable("USER", "Ada");
        new RecallCommand(store.bean(RecallService.class), speakers, clock)
                .recall(caller.caller(), filter(10, since), Options.NOT_NAMED, Options.TEXT, List.of(question));
        return caller.out();
    }

    private String show(long number) {
        TestCaller caller = TestCaller.of("memory", "show").variable("USER", "Ada");
        new MemoryShowCommand(memories, speakers, clock).show(caller.caller(), Options.NOT_NAMED, Options.TEXT, number);
        return caller.out();
    }

    private String edit(long number, @Nullable Integer importance, String... text) {
        TestCaller caller = TestCaller.of("memory", "edit").variable("USER", "Ada");
        editing()
                .edit(
                        caller.caller(),
                        change(List.of(), importance),
                        Options.NOT_NAMED,
                        Options.TEXT,
                        number,
                        List.of(text));
        return caller.out();
    }

    private static MemoryFilterOptions filter(int limit, @Nullable String since) {
        return new MemoryFilterOptions(new ResultLimit(limit), null, null, List.of(), new SinceOption(since), null);
    }

    private static MemoryChangeOptions change(List<String> tags, @Nullable Integer importance) {
        return new MemoryChangeOptions(null, tags, importance, null);
    }

    private MemoryEditCommand editing() {
        return new MemoryEditCommand(memories, speakers, new MaskedNote(store.bean(SecretGuard.class)));
    }
}
