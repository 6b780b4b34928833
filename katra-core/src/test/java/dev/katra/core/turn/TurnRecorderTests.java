package dev.katra.core.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Actor;
import dev.katra.core.persona.Persona;
import dev.katra.core.search.IndexBuilder;
import dev.katra.core.secret.SecretSettings;
import dev.katra.core.testing.TestClock;
import dev.katra.core.testing.TestStore;
import dev.katra.core.turn.CaptureSettings.Capture;
import dev.katra.core.turn.TurnTransfer.TurnCounts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** What is kept of sessions' turns, for whom and for how long, over a real store. */
class TurnRecorderTests {

    private static final String KEY = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8";

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();

    @Test
    void keepsWhatAPersonAskedAndWhatWasAnsweredLast() {
        List<PastTurn> turns = after(Capture.PRIVATE, sessions -> {
            sessions.ask("p1", "which port has the build server?");
            clock.advance(Duration.ofSeconds(5));
            sessions.answer("p1", "It has 5544.");
        });
        assertThat(turns).singleElement().satisfies(turn -> {
            assertThat(turn.number()).isOne();
            assertThat(turn.persona()).isEqualTo("Sam");
            assertThat(turn.body()).isEqualTo(new TurnBody("which port has the build server?", "It has 5544."));
            assertThat(turn.marks()).isEqualTo(new PastTurn.TurnMarks(false, false));
            assertThat(turn.origin().folder()).isEqualTo("/work");
            assertThat(turn.origin().conversation()).isEqualTo("c1");
            assertThat(turn.origin().session()).isNotNull();
            assertThat(Duration.between(
                            turn.origin().at(),
                            Objects.requireNonNull(turn.origin().endedAt())))
                    .isEqualTo(Duration.ofSeconds(5));
        });
    }

    @Test
    void keepsATurnOnceHoweverOftenItIsReported() {
        List<PastTurn> turns = after(Capture.PRIVATE, sessions -> {
            sessions.ask("p1", "first");
            sessions.ask("p1", "first");
            sessions.answer("p1", "one");
            sessions.answer("p1", "one");
            sessions.ask("p1", "first, late");
            sessions.answer("p2", "of a prompt that nobody asked");
        });
        assertThat(turns)
                .extracting(PastTurn::body)
                .containsExactly(new TurnBody(null, "of a prompt that nobody asked"), new TurnBody("first", "one"));
    }

    @Test
    void aLaterAnswerTakesThePlaceOfTheFirstInTheIndexToo() {
        try (TestStore store = open(Capture.PRIVATE)) {
            Sessions sessions = new Sessions(store);
            sessions.ask("p1", "a question " + words("asked"));
            sessions.answer("p1", "xylophone " + words("answered"));
            sessions.answer("p1", "marimba");
            settle(store);
            assertThat(find(store, sessions.sam, "xylophone")).isEmpty();
            assertThat(find(store, sessions.sam, "marimba")).hasSize(1);
            assertWhole(store);
        }
    }

    @Test
    void aTurnWithoutAnAnswerEndsWithTheNextOneOrWithItsSession() {
        try (TestStore store = open(Capture.PRIVATE)) {
            Sessions sessions = new Sessions(store);
            sessions.ask("p1", "where is the xylophone?");
            settle(store);
            assertThat(find(store, sessions.sam, "xylophone")).isEmpty();
            sessions.ask("p2", "and the marimba?");
            settle(store);
            assertThat(find(store, sessions.sam, "xylophone")).hasSize(1);
            assertThat(find(store, sessions.sam, "marimba")).isEmpty();
            sessions.answer("p1", "In the cellar.");
            settle(store);
            assertThat(find(store, sessions.sam, "cellar")).hasSize(1);

            store.sessions().end(Objects.requireNonNull(sessions.sam.sessionId()), "stopped");
            assertThat(store.bean(TurnService.class).deleteOld(10)).isZero();
            assertThat(find(store, sessions.sam, "marimba")).hasSize(1);
            assertWhole(store);
        }
    }

    @Test
    void aPrivateTurnIsFoundByItsOwnPersonaAndTheOwnerOfTheHome() {
        try (TestStore store = open(Capture.PRIVATE)) {
            Sessions sessions = new Sessions(store);
            Actor dario = store.session("Dario");
            sessions.ask("p1", "which port has the build server?");
            sessions.answer("p1", "It has 5544.");
            settle(store);
            assertThat(find(store, sessions.sam, "port of the build server")).hasSize(1);
            assertThat(find(store, dario, "port of the build server")).isEmpty();
            assertThat(find(store, null, "port of the build server")).hasSize(1);
            TurnService turns = store.bean(TurnService.class);
            assertThat(turns.show(sessions.sam, 1).number()).isOne();
            assertThat(catchThrowableOfType(Failure.class, () -> turns.show(dario, 1)))
                    .hasMessage("there is no turn 1");
            assertThat(catchThrowableOfType(Failure.class, () -> turns.forget(dario, 1)))
                    .hasMessage("there is no turn 1");
            assertThat(turns.newest(TurnSelection.ALL.seenBy(dario.personaId()), 10))
                    .isEmpty();
            assertThat(turns.newest(TurnSelection.ALL.seenBy(sessions.sam.personaId()), 10))
                    .hasSize(1);
        }
    }

    @Test
    void aTurnForTheTeamIsFoundByAllAndForgottenByItsOwn() {
        try (TestStore store = open(Capture.TEAM)) {
            Sessions sessions = new Sessions(store);
            Actor dario = store.session("Dario");
            sessions.ask("p1", "which port has the build server?");
            settle(store);
            sessions.answer("p1", "It has 5544.");
            settle(store);
            assertThat(find(store, dario, "port of the build server"))
                    .singleElement()
                    .satisfies(found -> {
                        assertThat(found.turn().marks().team()).isTrue();
                        assertThat(found.why()).contains("port", "build", "server");
                    });
            assertThat(store.bean(TurnSearch.class).find(new TurnQuery(dario, "build server", "Dario", null, 5)))
                    .isEmpty();
            assertThat(store.bean(TurnSearch.class)
                            .find(new TurnQuery(
                                    dario,
                                    "build server",
                                    "Sam",
                                    clock.instant().plusSeconds(9),
                                    5)))
                    .isEmpty();
            TurnService turns = store.bean(TurnService.class);
            assertThat(catchThrowableOfType(Failure.class, () -> turns.forget(dario, 1)))
                    .hasMessage("turn 1 is Sam's");
            assertThat(turns.forget(sessions.sam, 1).body().answer()).isEqualTo("It has 5544.");
            assertThat(find(store, dario, "port of the build server")).isEmpty();
            assertThat(store.count("SELECT count(*) FROM turn_index_docsize")).isZero();
            assertThat(store.count("SELECT count(*) FROM turn_word")).isZero();
        }
    }

    @Test
    void keepsNothingWhenItIsOff() {
        assertThat(after(Capture.OFF, sessions -> {
                    sessions.ask("p1", "which port?");
                    sessions.answer("p1", "5544");
                    sessions.handover("p1", "all of it");
                }))
                .isEmpty();
        try (TestStore store = open(Capture.PRIVATE)) {
            Sessions sessions = new Sessions(store);
            sessions.ask("p1", "which port has the xylophone?");
            sessions.answer("p1", "5544");
        }
        try (TestStore store = open(Capture.OFF)) {
            assertThat(find(store, null, "xylophone")).isEmpty();
            assertThat(store.bean(TurnService.class).newest(TurnSelection.ALL, 10))
                    .hasSize(1);
        }
    }

    @Test
    void masksSecretsOrLeavesSuchTextsOut() {
        assertThat(after(Capture.PRIVATE, sessions -> {
                    sessions.ask("p1", "use " + KEY);
                    sessions.answer("p1", "I used " + KEY + " there");
                }))
                .extracting(PastTurn::body)
                .containsExactly(new TurnBody("use [GitHub token]", "I used [GitHub token] there"));
        try (TestStore store = TestStore.open(
                folder.resolve("refusing"),
                clock,
                context -> context.registerBean(
                        SecretSettings.class,
                        () -> new SecretSettings(SecretSettings.Handling.REFUSE),
                        definition -> definition.setPrimary(true)))) {
            Sessions sessions = new Sessions(store);
            sessions.ask("p1", "use " + KEY);
            sessions.answer("p1", "Done.");
            sessions.ask("p2", "and " + KEY);
            settle(store);
            assertThat(store.bean(TurnService.class).newest(TurnSelection.ALL, 10))
                    .extracting(PastTurn::body)
                    .containsExactly(new TurnBody(null, "Done."));
        }
    }

    @Test
    void cutsALongTextInTheMiddleAndSaysSo() {
        String text = "begin " + "ü".repeat(20_000) + " end";
        String huge = "begin " + "x".repeat(500_000) + "\0\ud800 end";
        List<PastTurn> turns = after(Capture.PRIVATE, sessions -> {
            sessions.ask("p1", text);
            sessions.answer("p1", huge);
        });
        String prompt = Objects.requireNonNull(turns.get(0).body().prompt());
        String answer = Objects.requireNonNull(turns.get(0).body().answer());
        assertThat(prompt).startsWith("begin ü").endsWith("ü end").contains(" bytes are left out here …]");
        assertThat(answer)
                .startsWith("begin x")
                .endsWith("x\ufffd\ufffd end")
                .contains("\n[… " + (huge.getBytes(StandardCharsets.UTF_8).length + 4 - 16 * 1024) + " bytes");
        assertThat(bytes(prompt)).isBetween(TurnText.MAX_BYTES - 4, TurnText.MAX_BYTES + 80);
        assertThat(bytes(answer)).isBetween(TurnText.MAX_BYTES - 4, TurnText.MAX_BYTES + 80);
    }

    @Test
    void keepsWhatACompactionLeavesBesideItsTurn() {
        List<PastTurn> turns = after(Capture.PRIVATE, sessions -> {
            sessions.ask("p1", "go on");
            sessions.handover("p1", "what was said so far");
            clock.advance(Duration.ofSeconds(1));
            sessions.handover("p1", "the summary");
            sessions.handover("p1", " ");
            sessions.answer("p1", "Went on.");
        });
        assertThat(turns)
                .extracting(turn -> turn.marks().handover(), PastTurn::body)
                .containsExactlyInAnyOrder(
                        tuple(true, new TurnBody("keep the ports", "the summary")),
                        tuple(false, new TurnBody("go on", "Went on.")));
    }

    @Test
    void deletesWhatIsTooOldAndWhatIsTooMuchInSlices() {
        try (TestStore store = TestStore.open(
                folder,
                clock,
                context -> context.registerBean(
                        TurnLimits.class,
                        () -> new TurnLimits(Duration.ofDays(10), DataSize.ofMegabytes(1)),
                        definition -> definition.setPrimary(true)))) {
            Sessions sessions = new Sessions(store);
            sessions.ask("old", "the old xylophone");
            sessions.answer("old", "is gone");
            settle(store);
            clock.advance(Duration.ofDays(11));
            String text = IntStream.range(0, 1_500).mapToObj(n -> "word" + n).collect(Collectors.joining(" "));
            for (int n = 0; n < 80; n++) {
                sessions.ask("p" + n, n + " " + text);
                sessions.answer("p" + n, text);
                clock.advance(Duration.ofMinutes(1));
            }
            settle(store);
            AtomicInteger pieces = new AtomicInteger();
            store.writes().holds().listen((by, nanos) -> pieces.incrementAndGet());
            TurnService turns = store.bean(TurnService.class);
            assertThat(turns.deleteOld(500)).isOne();
            int deleted = turns.deleteOld(500);
            assertThat(deleted).isPositive();
            assertThat(pieces).as("writes, between which others write").hasValueGreaterThan(2 * (deleted / 16));
            assertThat(turns.deleteOld(500)).isZero();
            assertThat(store.count("SELECT sum(bytes) FROM turn")).isBetween(900_000L, 1_048_576L);
            assertThat(find(store, null, "xylophone")).isEmpty();
            assertThat(turns.newest(TurnSelection.ALL, 100))
                    .hasSize(80 - deleted)
                    .first()
                    .satisfies(turn -> assertThat(turn.body().prompt()).startsWith("79 "));
            assertWhole(store);
        }
    }

    @Test
    void fillsItsIndexAnewWithWhatHasEnded() {
        try (TestStore store = open(Capture.PRIVATE)) {
            Sessions sessions = new Sessions(store);
            sessions.ask("p1", "where is the xylophone?");
            sessions.answer("p1", "In the cellar.");
            sessions.ask("p2", "and the marimba?");
            settle(store);
            store.bean(IndexBuilder.class).rebuild(progress -> {});
            assertThat(find(store, sessions.sam, "xylophone")).hasSize(1);
            assertThat(find(store, sessions.sam, "marimba")).isEmpty();
            sessions.answer("p2", "In the attic.");
            settle(store);
            assertThat(find(store, sessions.sam, "marimba attic")).hasSize(1);
            assertWhole(store);
        }
    }

    @Test
    void whatWaitsIsWrittenWhenTheStoreIsClosed() {
        try (TestStore store = open(Capture.PRIVATE)) {
            Sessions sessions = new Sessions(store);
            for (int n = 0; n < 300; n++) {
                sessions.ask("p" + n, "question " + n);
            }
        }
        try (TestStore store = open(Capture.PRIVATE)) {
            assertThat(store.count("SELECT count(*) FROM turn")).isEqualTo(300);
        }
    }

    @Test
    void takesTranscriptsInOnceAndGivesThemToWhoseTheyWere() {
        try (TestStore store = open(Capture.PRIVATE)) {
            Sessions sessions = new Sessions(store);
            sessions.ask("p1", "live");
            sessions.answer("p1", "reported");
            settle(store);
            Persona ada = store.personas().ensure("Ada", true);
            String own = store.sessions()
                    .find(Objects.requireNonNull(sessions.sam.sessionId()))
                    .orElseThrow()
                    .client()
                    .conversationId();
            Instant now = clock.instant();
            List<ImportedTurn> turns = List.of(
                    imported(own, "p7", "of Sam's session", now),
                    imported("other", "p8", "of nobody's session " + KEY, now),
                    imported("other", "p9", "of long ago", now.minus(Duration.ofDays(200))));
            TurnTransfer transfer = store.bean(TurnTransfer.class);
            assertThat(transfer.importAll(turns, ada)).isEqualTo(new TurnCounts(2, 0, 1));
            assertThat(transfer.importAll(turns, ada)).isEqualTo(new TurnCounts(0, 2, 1));
            assertThat(transfer.importAll(List.of(imported("c1", "p1", "live", now)), ada)
                            .plus(TurnCounts.NONE))
                    .as("another persona's turn is another turn")
                    .isEqualTo(new TurnCounts(1, 0, 0));
            assertThat(find(store, sessions.sam, "Sam's session"))
                    .extracting(found -> found.turn().persona())
                    .contains("Sam");
            TurnSelection adas = TurnSelection.ALL.of(ada.id());
            assertThat(store.bean(TurnService.class).count(adas)).isEqualTo(2);
            assertThat(store.bean(TurnService.class).newest(adas.ofPrivate(), 10))
                    .extracting(turn -> turn.body().prompt())
                    .contains("of nobody's session [GitHub token]");
            assertThat(store.bean(TurnService.class).forgetAll(adas)).isEqualTo(2);
            assertThat(store.bean(TurnService.class).count(TurnSelection.ALL)).isEqualTo(2);
            assertWhole(store);
        }
    }

    @Test
    void whatIsForgottenStaysGoneWhateverIsReportedLater() {
        try (TestStore store = open(Capture.PRIVATE)) {
            Sessions sessions = new Sessions(store);
            TurnService turns = store.bean(TurnService.class);
            sessions.ask("p1", "where is the xylophone?");
            sessions.answer("p1", "In the attic.");
            sessions.ask("p2", "and the marimba?");
            settle(store);
            turns.forget(sessions.sam, 1);
            turns.forget(store.human("Ada"), 2);

            sessions.answer("p1", "In the cellar, I have looked again.");
            sessions.answer("p2", "In the cellar.");
            sessions.ask("p2", "and the marimba, I said?");
            sessions.ask("p3", "thank you");
            settle(store);

            assertThat(turns.newest(TurnSelection.ALL, 10))
                    .extracting(turn -> turn.body().prompt())
                    .containsExactly("thank you");
            assertThat(turns.count(TurnSelection.ALL)).isOne();
            assertThat(catchThrowableOfType(Failure.class, () -> turns.show(null, 2)))
                    .hasMessage("there is no turn 2");
            assertThat(find(store, null, "cellar attic xylophone marimba")).isEmpty();
            assertThat(store.count("SELECT count(*) FROM turn WHERE folder IS NOT NULL OR bytes > 0"))
                    .isOne();
            assertWhole(store);

            store.sessions().end(Objects.requireNonNull(sessions.sam.sessionId()), "stopped");
            assertThat(turns.deleteOld(10)).isZero();
            assertThat(store.count("SELECT count(*) FROM turn"))
                    .as("no key stays that nobody will report again")
                    .isOne();
            assertThat(turns.forgetAll(TurnSelection.ALL)).isOne();
            assertThat(store.count("SELECT count(*) FROM turn")).isZero();
            assertWhole(store);
        }
    }

    @Test
    void aKeyIsMadeOfIdsAlone() {
        assertThat(TurnKey.of("c1", "p1")).contains(new TurnKey("c1", "p1", false));
        for (String id : List.of("", "a b", "a\nb", "ü", "x".repeat(201))) {
            assertThat(TurnKey.of("c1", id)).isEmpty();
            assertThat(TurnKey.of(id, "p1")).isEmpty();
        }
    }

    private static ImportedTurn imported(String conversation, String prompt, String asked, Instant at) {
        return new ImportedTurn(
                new TurnKey(conversation, prompt, false), new TurnBody(asked, "answered"), at, at, "/work");
    }

    private TestStore open(Capture capture) {
        return TestStore.open(
                folder,
                clock,
                context -> context.registerBean(
                        CaptureSettings.class,
                        () -> new CaptureSettings(capture),
                        definition -> definition.setPrimary(true)));
    }

    private List<PastTurn> after(Capture capture, Consumer<Sessions> reports) {
        try (TestStore store = open(capture)) {
            Sessions sessions = new Sessions(store);
            reports.accept(sessions);
            settle(store);
            store.sessions().end(Objects.requireNonNull(sessions.sam.sessionId()), "stopped");
            return store.bean(TurnService.class).newest(TurnSelection.ALL, 100);
        }
    }

    /** Waits until what was reported is written. */
    private static void settle(TestStore store) {
        store.bean(TurnRecorder.class).flush();
    }

    private static List<FoundTurn> find(TestStore store, @Nullable Actor viewer, String text) {
        return store.bean(TurnSearch.class).find(new TurnQuery(viewer, text, null, null, 10));
    }

    private static void assertWhole(TestStore store) {
        assertThat(store.count("SELECT count(*) FROM turn_index_docsize"))
                .isEqualTo(store.count("SELECT count(*) FROM turn WHERE ended_at IS NOT NULL"));
        store.writes().run(() -> store.jdbc()
                .sql("INSERT INTO turn_index (turn_index) VALUES ('integrity-check')")
                .update());
        assertThat(store.count("SELECT count(*) FROM index_removal")).isZero();
    }

    private static String words(String of) {
        return IntStream.range(0, 900).mapToObj(n -> of + n).collect(Collectors.joining(" "));
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** What the client of Sam's session reports. */
    private static final class Sessions {

        private final TestStore store;
        private final Actor sam;

        Sessions(TestStore store) {
            this.store = store;
            this.sam = store.session("Sam");
        }

        void ask(String prompt, String text) {
            recorder().recordPrompt(sam, new TurnKey("c1", prompt, false), "/work", text);
        }

        void answer(String prompt, String text) {
            recorder().recordAnswer(sam, new TurnKey("c1", prompt, false), "/work", text);
        }

        void handover(String prompt, String text) {
            recorder().recordHandover(sam, new TurnKey("c1", prompt, false), "/work", "keep the ports", () -> text);
        }

        private TurnRecorder recorder() {
            return store.bean(TurnRecorder.class);
        }
    }
}
