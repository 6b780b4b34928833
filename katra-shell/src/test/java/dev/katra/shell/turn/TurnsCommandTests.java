package dev.katra.shell.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.katra.core.contract.SessionContract;
import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Actor;
import dev.katra.core.session.ClaimedSession;
import dev.katra.core.testing.TestClock;
import dev.katra.core.testing.TestStore;
import dev.katra.core.turn.CaptureSettings;
import dev.katra.core.turn.CaptureSettings.Capture;
import dev.katra.core.turn.TurnKey;
import dev.katra.core.turn.TurnRecorder;
import dev.katra.core.turn.TurnSelection;
import dev.katra.core.turn.TurnService;
import dev.katra.core.turn.TurnTransfer;
import dev.katra.launcher.agent.Agents;
import dev.katra.shell.console.Outcome;
import dev.katra.shell.console.ResultLimit;
import dev.katra.shell.console.SinceOption;
import dev.katra.shell.room.ActorResolver;
import dev.katra.shell.testing.Options;
import dev.katra.shell.testing.TestCaller;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Past turns as a person and a session see them at the shell, over a real store. */
class TurnsCommandTests {

    private static final String TRANSCRIPT = """
            {"type":"user","promptId":"p1","sessionId":"c1","cwd":"/mill","timestamp":"2026-01-01T10:00:00Z","message":{"content":"Where is the xylophone?"}}
            {"type":"assistant","sessionId":"c1","timestamp":"2026-01-01T10:00:05Z","message":{"id":"m1","content":[{"type":"text","text":"In the cellar."}]}}
            {"type":"user","promptId":"p0","sessionId":"c0","timestamp":"2024-01-01T10:00:00Z","message":{"content":"of long ago"}}
            """;

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private TestStore store;
    private ClaimedSession session;

    @BeforeEach
    void open() {
        open(Capture.PRIVATE);
        session = store.sessions().claim(TestStore.claim("Sam"));
        store.sessions().recordConnection(session.session().id());
        Actor sam = store.sessions().actor(session.token()).orElseThrow();
        TurnRecorder recorder = store.bean(TurnRecorder.class);
        recorder.recordPrompt(
                sam, new TurnKey("c9", "p1", false), "/work", "Which port has the build server?\nTell me.");
        recorder.recordAnswer(sam, new TurnKey("c9", "p1", false), "/work", "It has 5544. " + "word ".repeat(200));
        clock.advance(Duration.ofHours(2));
        recorder.recordHandover(sam, new TurnKey("c9", "p2", false), "/work", null, () -> "The summary.");
        store.human("Ada");
        store.session("Dario");
    }

    private void open(Capture capture) {
        store = TestStore.open(
                folder.resolve("store"),
                clock,
                context -> context.registerBean(
                        CaptureSettings.class,
                        () -> new CaptureSettings(capture),
                        definition -> definition.setPrimary(true)));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aTurnThatIsDaysOldIsShownWithItsDate() {
        clock.advance(Duration.ofDays(3));
        assertThat(list(ada(), null, null)).startsWith("""
                turn #2 Sam, 3d ago (2026-01-02), private, handover
                  answered: The summary.
                turn #1 Sam, 3d ago (2026-01-02), private
                """);
    }

    @Test
    void aPersonSeesAllTurnsNewestFirst() {
        assertThat(list(ada(), null, null)).startsWith("""
                turn #2 Sam, 0s ago, private, handover
                  answered: The summary.
                turn #1 Sam, 2h ago, private
                  asked: Which port has the build server?
                    Tell me.
                  answered: It has 5544. word""").endsWith(" bytes left out: katra turns show 1)\n");
        assertThat(list(ada(), "Sam", "1h")).isEqualTo("""
                turn #2 Sam, 0s ago, private, handover
                  answered: The summary.
                """);
        TestCaller none = ada();
        assertThat(list(none, "Dario", null)).isEmpty();
        assertThat(none.err()).isEqualTo("nothing found\n");
        TestCaller json = ada();
        command().list(json.caller(), null, new SinceOption(null), new ResultLimit(10), Options.JSON);
        assertThat(json.out())
                .startsWith("{\"turns\":[{\"number\":2,\"uid\":\"")
                .contains(
                        "\"persona\":\"Sam\",\"handover\":true,\"team\":false,\"at\":\"",
                        "\"answer\":\"The summary.\"");
    }

    @Test
    void aSessionSeesItsOwn() {
        assertThat(list(sam(), null, null)).contains("turn #1 Sam").contains("turn #2 Sam");
        TestCaller whole = sam();
        command().show(whole.caller(), Options.TEXT, 1L);
        assertThat(whole.out())
                .startsWith(
                        "turn #1 Sam, 2h ago, private (2026-01-02 03:04)\n    conversation c9, in /work\n  asked: Which")
                .endsWith("word \n");
        TestCaller forgetting = sam();
        forgetting(forgetting, null, false, 1L);
        assertThat(forgetting.out()).isEqualTo("forgotten: 1 turn\n");
        assertThat(catchThrowableOfType(Failure.class, () -> forgetting(sam(), null, true, null)))
                .hasMessage("a session forgets turns one by one");
    }

    @Test
    void forgetsOneOrAPersonasOrAll() {
        for (Object[] unclear : new Object[][] {{null, false, null}, {"Sam", true, null}, {"Sam", false, 1L}}) {
            assertThat(catchThrowableOfType(
                            Failure.class,
                            () -> forgetting(ada(), (String) unclear[0], (boolean) unclear[1], (Long) unclear[2])))
                    .hasMessage("it is not clear which turns are meant");
        }
        assertThat(catchThrowableOfType(Failure.class, () -> forgetting(ada(), null, false, 99L)))
                .hasMessage("there is no turn 99");
        TestCaller darios = ada();
        forgetting(darios, "Dario", false, null);
        assertThat(darios.out()).isEqualTo("forgotten: 0 turns\n");
        TestCaller sams = ada();
        new TurnsForgetCommand(store.bean(TurnService.class), store.personas(), actors())
                .forget(sams.caller(), "Sam", false, Options.JSON, null);
        assertThat(sams.out()).isEqualTo("{\"forgotten\":2}\n");
        assertThat(store.bean(TurnService.class).count(TurnSelection.ALL)).isZero();
    }

    @Test
    void importsTranscriptsOnce() throws Exception {
        Path projects = Files.createDirectories(folder.resolve("user/.claude/projects/-mill"));
        Files.writeString(projects.resolve("c1.jsonl"), TRANSCRIPT);
        TestCaller first = ada().variable("HOME", folder.resolve("user").toString());
        assertThat(importing(first, null, null)).isEqualTo(Outcome.OK);
        assertThat(first.out()).isEqualTo("imported 1, known already 0, too old 1\n");
        TestCaller again = ada().folder(projects);
        assertThat(importing(again, null, "c1.jsonl")).isEqualTo(Outcome.OK);
        assertThat(again.out()).isEqualTo("imported 0, known already 1, too old 1\n");
        TestCaller other = ada().folder(projects);
        importing(other, "Dario", ".");
        assertThat(other.out()).startsWith("imported 1,");
        assertThat(list(ada(), "Ada", null)).isEqualTo("""
                turn #3 Ada, 19h ago, private
                  asked: Where is the xylophone?
                  answered: In the cellar.
                """);
        assertThat(catchThrowableOfType(Failure.class, () -> importing(ada(), null, "none")))
                .hasMessage("there is no /work/none");
        assertThat(catchThrowableOfType(Failure.class, () -> importing(ada(), "Nobody", ".")))
                .hasMessage("no persona is called \"Nobody\"");
    }

    @Test
    void saysThatNothingIsKeptIfItIsOff() {
        store.close();
        open(Capture.OFF);
        assertThat(catchThrowableOfType(Failure.class, () -> importing(ada(), null, ".")))
                .hasMessage("katra.capture is off, so no turns are kept");
        TestCaller none = ada();
        assertThat(list(none, "Dario", null)).isEmpty();
        assertThat(none.err()).isEqualTo("nothing found; katra.capture is off, so no turns are kept\n");
        assertThat(list(ada(), null, null)).as("what was kept before").contains("turn #1");
    }

    private TestCaller ada() {
        return TestCaller.of("turns").variable("USER", "Ada");
    }

    private TestCaller sam() {
        return TestCaller.of("turns").variable(SessionContract.TOKEN_VARIABLE, session.token());
    }

    private String list(TestCaller caller, @Nullable String persona, @Nullable String since) {
        command().list(caller.caller(), persona, new SinceOption(since), new ResultLimit(10), Options.TEXT);
        return caller.out();
    }

    private void forgetting(TestCaller caller, @Nullable String persona, boolean all, @Nullable Long number) {
        new TurnsForgetCommand(store.bean(TurnService.class), store.personas(), actors())
                .forget(caller.caller(), persona, all, Options.TEXT, number);
    }

    private Outcome importing(TestCaller caller, @Nullable String persona, @Nullable String path) {
        return new TurnsImportCommand(
                        Agents.standard(),
                        store.bean(TurnTransfer.class),
                        store.bean(TurnService.class),
                        store.personas(),
                        actors())
                .importFrom(caller.caller(), persona, Options.TEXT, path);
    }

    private TurnsCommand command() {
        return new TurnsCommand(store.bean(TurnService.class), store.personas(), actors(), clock);
    }

    private ActorResolver actors() {
        return new ActorResolver(store.personas(), store.sessions());
    }
}
