package dev.katra.core.memory;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Actor;
import dev.katra.core.testing.TestStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryServiceTests extends WithMemory {

    private static final RecallResult NOTHING = new RecallResult(List.of(), 0, false, true, false);

    @Test
    void findsWhatAnotherPersonaRemembered() {
        MemoryDetails stored = memory.remember(
                        sam,
                        new NewMemory(
                                "Ship on Friday", MemoryKind.DECISION, MemoryScope.TEAM, 5, List.of("release", "plan")),
                        "m1")
                .memory();
        assertThat(recall("when do we ship?").found()).singleElement().satisfies(found -> assertThat(found.memory())
                .isEqualTo(stored));
        assertThat(stored.author().name()).isEqualTo("Sam");
        assertThat(stored.author().human()).isFalse();
        assertThat(stored.body().kind()).isEqualTo(MemoryKind.DECISION);
        assertThat(stored.body().importance()).isEqualTo(5);
        assertThat(stored.body().tags()).containsExactly("release", "plan");
        assertThat(stored.body().content()).isEqualTo("Ship on Friday");
        assertThat(stored.origin().at()).isEqualTo(clock.instant());
        assertThat(stored.origin().provider()).isEqualTo("demo");
        assertThat(stored.origin().folder()).isEqualTo("/work");
        assertThat(stored.origin().session()).isNotEmpty();
    }

    @Test
    void findsByAnyWordWhateverTheSignsAroundIt() {
        memory.remember(
                sam, NewMemory.note("The build needs JDK 17, C++ and what's in a-b; col:val \"quotes\" résumé"), null);
        memory.remember(sam, NewMemory.note("unrelated"), null);
        for (String question : List.of(
                "Which JDKs does the building need?",
                "builds",
                "BUILD",
                "C++",
                "what's needed",
                "a-b",
                "col:val",
                "\"quotes\"",
                "needs*",
                "(needs",
                "NEAR(needs)",
                "needs AND nothing",
                "NOT needs",
                "^needs",
                "{content}: needs",
                "resume",
                "Résumé")) {
            assertThat(contents(recall(question)))
                    .as(question)
                    .singleElement()
                    .asString()
                    .startsWith("The build");
        }
    }

    @Test
    void findsNothingForSignsOrUnknownWords() {
        memory.remember(sam, NewMemory.note("The build needs JDK 17"), null);
        for (String question : List.of("?!", "\"", "*", "-", "\u0301", "😀", "nothing-like-it")) {
            assertThat(recall(question)).as(question).isEqualTo(NOTHING);
        }
    }

    @Test
    void refusesAnEmptyQuestion() {
        assertThatThrownBy(() -> recall(" ")).isInstanceOf(Failure.class);
    }

    @Test
    void takesAQuestionOfAnyLength() {
        memory.remember(sam, NewMemory.note("needle"), null);
        assertThat(recall("needle " + "hay ".repeat(50_000)).total()).isOne();
    }

    @Test
    void putsTheBestFirstAndCountsAll() {
        IntStream.range(0, 20).forEach(n -> memory.remember(sam, NewMemory.note("the cache " + n), null));
        RememberResult best = memory.remember(sam, NewMemory.note("the cache lives in redis"), null);
        RecallResult recalled = memory.recall(dario, new RecallQuery("where is the redis cache", MemoryFilter.ALL, 3));
        assertThat(recalled.found()).hasSize(3);
        assertThat(recalled.found().get(0).memory().number()).isEqualTo(best.number());
        assertThat(recalled.total()).isEqualTo(21);
    }

    @Test
    void findsByTagAndByAuthor() {
        memory.remember(sam, new NewMemory("42", MemoryKind.FACT, MemoryScope.TEAM, 3, List.of("answer")), null);
        assertThat(contents(recall("the answers"))).containsExactly("42");
        assertThat(contents(recall("what did Sam say"))).containsExactly("42");
    }

    @Test
    void filtersByAuthorAndKind() {
        memory.remember(sam, NewMemory.note("cache of Sam"), null);
        memory.remember(dario, NewMemory.note("cache of Dario"), null);
        memory.remember(dario, new NewMemory("cache fact", MemoryKind.FACT, MemoryScope.TEAM, 3, List.of()), null);
        assertThat(contents(recall("cache", "DARIO", null))).containsExactlyInAnyOrder("cache of Dario", "cache fact");
        assertThat(contents(recall("cache", null, MemoryKind.FACT))).containsExactly("cache fact");
        assertThat(recall("cache", "sam", MemoryKind.FACT).total()).isZero();
        assertThatThrownBy(() -> recall("cache", "nobody", null))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(Failure.Code.NOT_FOUND));
    }

    @Test
    void hidesAPrivateMemoryFromEveryoneElse() {
        RememberResult secret = memory.remember(
                sam, new NewMemory("private cache", MemoryKind.NOTE, MemoryScope.PRIVATE, 3, List.of()), null);
        Actor person = store.human("Ada");
        assertThat(recall("cache")).isEqualTo(NOTHING);
        assertThat(memory.recall(sam, RecallQuery.of("cache")).total()).isOne();
        assertThat(refusedToForget(dario, secret.number())).hasMessage("there is no memory " + secret.number());
        assertThat(refusedToForget(person, secret.number()).code()).isEqualTo(Failure.Code.NOT_FOUND);
        assertThat(memory.forget(sam, secret.number()).memories()).containsExactly(secret.memory());
    }

    @Test
    void letsItsAuthorAndAPersonForgetAndNobodyElse() {
        RememberResult first = memory.remember(sam, NewMemory.note("first"), null);
        RememberResult second = memory.remember(sam, NewMemory.note("second"), null);

        Failure failure = refusedToForget(dario, first.number());
        assertThat(failure.code()).isEqualTo(Failure.Code.INVALID);
        assertThat(failure).hasMessage("memory " + first.number() + " is Sam's");
        assertThat(recall("first").total()).isOne();

        assertThat(memory.forget(sam, first.number()).memories()).containsExactly(first.memory());
        assertThat(memory.forget(store.human("Ada"), second.number()).memories())
                .containsExactly(second.memory());
        assertThat(recall("first second").total()).isZero();
        assertThat(refusedToForget(sam, 4711).code()).isEqualTo(Failure.Code.NOT_FOUND);
    }

    @Test
    void forgetsOnceWhatIsForgottenTwice() {
        RememberResult stored = memory.remember(sam, NewMemory.note("cache"), null);
        memory.remember(sam, NewMemory.note("cache too"), null);
        memory.forget(sam, stored.number());
        assertThat(memory.forget(sam, stored.number()).memories()).isEmpty();
        assertThat(contents(recall("cache"))).containsExactly("cache too");
    }

    @Test
    void leavesNoWordOfWhatIsForgottenInTheIndexOrTheFile() throws IOException {
        List<RememberResult> kept = IntStream.range(0, 50)
                .mapToObj(n -> memory.remember(sam, NewMemory.note("kept number" + n), null))
                .toList();
        RememberResult secret = memory.remember(
                sam,
                new NewMemory(
                        "xylophone quagmires " + "x".repeat(9000),
                        MemoryKind.NOTE,
                        MemoryScope.TEAM,
                        3,
                        List.of("zyzzyva")),
                null);

        memory.forget(sam, secret.number());

        assertThat(words()).contains("kept", "number7", "sam").doesNotContain("xylophon", "quagmir", "zyzzyva");
        kept.forEach(each -> memory.forget(sam, each.number()));
        assertThat(words()).isEmpty();
        store.close(); // moves the write-ahead log into the database
        String bytes = Files.readString(database(), ISO_8859_1);
        assertThat(Stream.of("xylophon", "quagmir", "zyzzyva", "number7").filter(bytes::contains))
                .isEmpty();
    }

    @Test
    void leavesNothingOfWhatIsForgottenInAnyFileOfARunningHome() throws IOException {
        RememberResult secret = memory.remember(sam, NewMemory.note("xylophone quagmire"), null);
        memory.recall(sam, RecallQuery.of("xylophone"));

        memory.forget(sam, secret.number());

        try (Stream<Path> files = Files.list(database().getParent())) {
            assertThat(files.filter(Files::isRegularFile))
                    .allSatisfy(file ->
                            assertThat(Files.readString(file, ISO_8859_1)).doesNotContain("xylophon"));
        }
    }

    @Test
    void doesNotShowWhoForgetsWhatTheyMayNotSee() {
        long hidden = memory.remember(
                        sam, new NewMemory("draft", MemoryKind.NOTE, MemoryScope.PRIVATE, 3, List.of()), null)
                .number();
        MemoryDetails shown =
                memory.edit(sam, hidden, new MemoryChange("final", null, MemoryScope.TEAM, null, null), null);

        assertThat(memory.forget(store.human("Ada"), shown.number()).memories()).containsExactly(shown);
        assertThat(refusedToForget(dario, hidden)).hasMessage("there is no memory " + hidden);
        assertThat(memory.forget(sam, hidden).memories()).isEmpty();
    }

    @Test
    void doesNotHideWhatSupersedesAnothersMemory() {
        Actor ada = store.human("Ada");
        long first = memory.remember(sam, NewMemory.note("the port is 1"), null).number();
        long second = memory.edit(ada, first, MemoryChange.content("the port is 2"), null)
                .number();
        MemoryChange hide = new MemoryChange("the port is 3", null, MemoryScope.PRIVATE, null, null);

        assertThat(catchThrowableOfType(Failure.class, () -> memory.edit(ada, second, hide, null)))
                .hasMessage("memory " + first + " is Sam's");
        assertThat(contents(recall("port"))).containsExactly("the port is 2", "the port is 1");
    }

    @Test
    void saysThatItIsForgottenWhatACallSendsAgain() {
        RememberResult stored = memory.remember(sam, NewMemory.note("cache"), "m1");
        memory.forget(sam, stored.number());

        assertThat(catchThrowableOfType(Failure.class, () -> memory.remember(sam, NewMemory.note("cache"), "m1")))
                .hasMessage("memory " + stored.number() + ", which this call remembered, is forgotten");
        assertThat(recall("cache")).isEqualTo(NOTHING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-999999999-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "1969-07-20T20:17:00Z"})
    void takesALongTimeAgoForAll(String since) {
        RememberResult stored = memory.remember(sam, NewMemory.note("cache"), null);
        MemoryFilter filter = new MemoryFilter(null, null, List.of(), Instant.parse(since), null);

        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            assertThat(memory.recent(dario, filter, 5).memories()).containsExactly(stored.memory());
            assertThat(memory.recall(dario, new RecallQuery("cache", filter, 5)).total())
                    .isOne();
        });
    }

    @Test
    void remembersOnceWhatACallSendsAgain() {
        RememberResult stored = memory.remember(sam, NewMemory.note("cache"), "m1");
        assertThat(memory.remember(sam, NewMemory.note("cache"), "m1")).isEqualTo(stored);
        assertThat(memory.remember(dario, NewMemory.note("cache"), "m1").number())
                .isNotEqualTo(stored.number());
        assertThat(recall("cache").total()).isEqualTo(2);
    }

    @Test
    void confirmsOnceWhatACallSendsAgainWhateverOthersHaveConfirmedSince() {
        memory.remember(sam, NewMemory.note("cache"), "m1");
        RememberResult second = memory.remember(sam, NewMemory.note("cache"), "m2");
        memory.remember(sam, NewMemory.note("cache"), "m3");

        RememberResult again = memory.remember(sam, NewMemory.note("cache"), "m2");

        assertThat(again.confirmed()).isTrue();
        assertThat(again.number()).isEqualTo(second.number());
        assertThat(again.memory().confirmations().count()).isEqualTo(2);
    }

    @Test
    void bringsNothingBackThatAPersonHasChangedWhenACallIsSentAgain() {
        Actor ada = store.human("ada");
        memory.remember(sam, NewMemory.note("the port is 1"), "m1");
        RememberResult confirmed = memory.remember(sam, NewMemory.note("the port is 1"), "m2");
        memory.edit(sam, confirmed.number(), MemoryChange.content("the port is 1"), "m3"); // as it is
        memory.edit(ada, confirmed.number(), MemoryChange.content("the port is 2"), null);

        for (String call : List.of("m1", "m2")) {
            assertThat(memory.remember(sam, NewMemory.note("the port is 1"), call)
                            .number())
                    .isEqualTo(confirmed.number());
        }
        assertThat(memory.edit(sam, confirmed.number(), MemoryChange.content("the port is 1"), "m3")
                        .number())
                .isEqualTo(confirmed.number());

        assertThat(store.count("SELECT count(*) FROM memory")).isEqualTo(2);
        assertThat(store.count("SELECT count(*) FROM memory WHERE superseded_by IS NULL"))
                .isOne();
    }

    /** Another JDK has other tables of Unicode, and has cut another word out of the text; every JDK wrote version 2 then. */
    @Test
    void forgetsWordsThatAnotherJdkHasCut() {
        RememberResult stored = memory.remember(sam, NewMemory.note("quixotic"), null);
        assertThat(words()).contains("quixot");
        store.writes().run(() -> {
            store.jdbc()
                    .sql("INSERT INTO memory_index (memory_index) VALUES ('delete-all')")
                    .update();
            store.jdbc()
                    .sql("INSERT INTO memory_index (rowid, content, about, code) VALUES (?, 'othercut', '', '')")
                    .param(stored.number())
                    .update();
            return store.jdbc().sql("UPDATE index_state SET version = 2").update();
        });
        store.close();
        store = TestStore.open(folder, clock);
        memory = store.memory();
        assertThat(words()).contains("quixot").doesNotContain("othercut");

        memory.forget(store.human("ada"), stored.number());

        assertThat(words()).isEmpty();
    }

    @Test
    void limitsWhatIsRemembered() {
        String fits = "€".repeat(NewMemory.MAX_BYTES / 3) + "x";
        assertThat(memory.remember(sam, NewMemory.note(fits), null)
                        .memory()
                        .body()
                        .content())
                .isEqualTo(fits);
        assertInvalid(fits + "x", 3, List.of());
        assertInvalid(" ", 3, List.of());
        assertInvalid("a\0b", 3, List.of());
        assertInvalid("a", 0, List.of());
        assertInvalid("a", 6, List.of());
        assertInvalid("a", 3, List.of("two words"));
        assertInvalid("a", 3, List.of(""));
        assertInvalid("a", 3, List.of("t".repeat(65)));
        assertInvalid("a", 3, IntStream.range(0, 21).mapToObj(n -> "t" + n).toList());
        assertThatThrownBy(() -> new RecallQuery("a", MemoryFilter.ALL, 0)).isInstanceOf(Failure.class);
        assertThatThrownBy(() -> new RecallQuery("a", MemoryFilter.ALL, 101)).isInstanceOf(Failure.class);
    }

    private static void assertInvalid(String content, int importance, List<String> tags) {
        assertThatThrownBy(() -> new NewMemory(content, MemoryKind.NOTE, MemoryScope.TEAM, importance, tags))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(Failure.Code.INVALID));
    }

    private Path database() {
        return TestStore.home(folder).database();
    }

    private List<String> words() {
        return store.reads().run(() -> store.jdbc()
                .sql("SELECT term FROM memory_word")
                .query(String.class)
                .list());
    }

    private RecallResult recall(String question) {
        return recall(question, null, null);
    }

    private RecallResult recall(String question, @Nullable String author, @Nullable MemoryKind kind) {
        return memory.recall(
                dario, new RecallQuery(question, new MemoryFilter(author, kind, List.of(), null, null), 10));
    }

    private Failure refusedToForget(Actor actor, long number) {
        return catchThrowableOfType(Failure.class, () -> memory.forget(actor, number));
    }

    private static List<String> contents(RecallResult recalled) {
        return recalled.found().stream()
                .map(found -> found.memory().body().content())
                .toList();
    }
}
