package dev.katra.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Actor;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RevisionTests extends WithMemory {

    private Actor ada;

    @BeforeEach
    void meet() {
        ada = store.human("Ada");
    }

    @Test
    void confirmsWhatTheSameAuthorSaysAgain() {
        MemoryDetails first = memory.remember(
                        sam, new NewMemory("port is 3141", MemoryKind.NOTE, MemoryScope.TEAM, 2, List.of("net")), "m1")
                .memory();
        clock.advance(Duration.ofDays(1));
        RememberResult again = memory.remember(
                sam, new NewMemory("port is 3141", MemoryKind.FACT, MemoryScope.TEAM, 4, List.of("port")), "m2");
        assertThat(again.confirmed()).isTrue();
        assertThat(again.number()).isEqualTo(first.number());
        assertThat(again.memory().confirmations().count()).isOne();
        assertThat(again.memory().confirmations().lastAt()).isEqualTo(clock.instant());
        assertThat(again.memory().body().importance()).isEqualTo(4);
        assertThat(again.memory().body().kind()).isEqualTo(MemoryKind.FACT);
        assertThat(again.memory().body().tags()).containsExactly("net", "port");
        assertThat(memory.remember(sam, NewMemory.note("port is 3141"), "m2").memory())
                .isEqualTo(again.memory());
        assertThat(memory.remember(sam, NewMemory.note("port is 3141"), "m3").memory())
                .satisfies(third -> {
                    assertThat(third.confirmations().count()).isEqualTo(2);
                    assertThat(third.body().kind()).isEqualTo(MemoryKind.FACT);
                    assertThat(third.body().importance()).isEqualTo(4);
                });
        assertThat(memory.recall(dario, new RecallQuery("port", tagged("port"), 5))
                        .total())
                .isOne();
    }

    @Test
    void keepsApartWhatOthersSayAndWhatOthersMayNotSee() {
        RememberResult one = memory.remember(sam, NewMemory.note("port is 3141"), null);
        assertThat(memory.remember(dario, NewMemory.note("port is 3141"), null).number())
                .isNotEqualTo(one.number());
        NewMemory hidden = new NewMemory("port is 3141", MemoryKind.NOTE, MemoryScope.PRIVATE, 3, List.of());
        assertThat(memory.remember(sam, hidden, null).number()).isNotEqualTo(one.number());
    }

    @Test
    void writesANewRevisionThatStandsAboveTheOld() {
        MemoryDetails old =
                memory.remember(sam, NewMemory.note("the port is 3141"), "m1").memory();
        MemoryDetails next = memory.edit(sam, old.number(), MemoryChange.content("the server listens on 4711"), "m2");
        assertThat(next.lineage().supersedes()).isEqualTo(old.number());
        assertThat(memory.edit(sam, old.number(), MemoryChange.content("sent again"), "m2"))
                .isEqualTo(next);
        assertThat(memory.show(dario, old.number()).revisions())
                .extracting(each -> each.body().content())
                .containsExactly("the port is 3141", "the server listens on 4711");
        assertThat(memory.show(dario, old.number()).newest()).isEqualTo(next);
        RecallResult recalled = memory.recall(dario, RecallQuery.of("which port"));
        assertThat(recalled.found())
                .extracting(found -> found.memory().number())
                .containsExactly(next.number(), old.number());
        assertThat(recalled.found().get(0).why()).containsExactly("revision");
        assertThat(recalled.found().get(1).memory().lineage().supersededBy()).isEqualTo(next.number());
        assertThat(memory.recent(dario, MemoryFilter.ALL, 5).memories()).containsExactly(next);
    }

    @Test
    void namesNoRevisionThatItsReaderMayNotSee() {
        long own = memory.remember(
                        sam, new NewMemory("a draft", MemoryKind.NOTE, MemoryScope.PRIVATE, 3, List.of()), null)
                .number();
        MemoryDetails published =
                memory.edit(sam, own, new MemoryChange("the plan", null, MemoryScope.TEAM, null, null), null);
        assertThat(memory.recall(dario, RecallQuery.of("plan")).found().get(0).memory())
                .isEqualTo(published)
                .extracting(each -> each.lineage().supersedes())
                .isNull();
        assertThat(memory.show(sam, published.number()).revisions())
                .extracting(MemoryDetails::number)
                .containsExactly(own, published.number());
    }

    @Test
    void changesOnlyWhatIsSaid() {
        MemoryDetails old = memory.remember(
                        sam, new NewMemory("a", MemoryKind.FACT, MemoryScope.TEAM, 5, List.of("x")), null)
                .memory();
        MemoryDetails next = memory.edit(ada, old.number(), new MemoryChange(null, null, null, 1, List.of("y")), null);
        assertThat(next.body().content()).isEqualTo("a");
        assertThat(next.body().kind()).isEqualTo(MemoryKind.FACT);
        assertThat(next.body().importance()).isOne();
        assertThat(next.body().tags()).containsExactly("y");
        assertThat(next.author().name()).isEqualTo("Ada");
        assertThat(memory.edit(ada, next.number(), MemoryChange.content("a"), null))
                .isEqualTo(next);
    }

    @Test
    void refusesToChangeWhatIsSomebodyElsesOrSupersededOrSaidAlready() {
        long first = memory.remember(sam, NewMemory.note("first"), null).number();
        long second = memory.remember(sam, NewMemory.note("second"), null).number();
        assertThat(refused(dario, first, "x")).hasMessage("memory " + first + " is Sam's");
        assertThat(refused(sam, 99, "x").code()).isEqualTo(Failure.Code.NOT_FOUND);
        MemoryDetails hidden = memory.remember(
                        sam, new NewMemory("second", MemoryKind.NOTE, MemoryScope.PRIVATE, 3, List.of()), null)
                .memory();
        assertThat(catchThrowableOfType(
                        Failure.class,
                        () -> memory.edit(
                                sam,
                                hidden.number(),
                                new MemoryChange(null, null, MemoryScope.TEAM, null, null),
                                null)))
                .hasMessage("memory " + second + " says that already");
        long third =
                memory.edit(sam, second, MemoryChange.content("third"), null).number();
        assertThat(refused(sam, second, "x")).hasMessage("memory " + second + " is superseded by memory " + third);
        assertThat(memory.remember(sam, NewMemory.note("second"), null).confirmed())
                .isFalse();
    }

    @Test
    void losesNothingOfAChangeWhoseTextIsInAnotherMemory() {
        long old =
                memory.remember(sam, NewMemory.note("the port is 5544"), null).number();
        long other =
                memory.remember(sam, NewMemory.note("the port is 6655"), null).number();
        MemoryDetails next = memory.edit(
                sam, old, new MemoryChange("the port is 6655", MemoryKind.FACT, null, 5, List.of("port")), null);
        assertThat(next.number()).isEqualTo(other);
        assertThat(next.body().kind()).isEqualTo(MemoryKind.FACT);
        assertThat(next.body().importance()).isEqualTo(5);
        assertThat(next.body().tags()).containsExactly("port");
        assertThat(next.lineage().supersedes()).isEqualTo(old);
    }

    @Test
    void hidesTheOldRevisionsWithTheNewOne() {
        long old =
                memory.remember(sam, NewMemory.note("the salary is high"), null).number();
        MemoryChange hide = new MemoryChange(null, null, MemoryScope.PRIVATE, null, null);
        Failure failure = catchThrowableOfType(Failure.class, () -> memory.edit(ada, old, hide, null));
        assertThat(failure.hint()).hasValue("only its author can make it private");
        assertThat(memory.recall(dario, RecallQuery.of("salary")).found()).hasSize(1);
        memory.edit(sam, old, hide, null);
        assertThat(memory.recall(dario, RecallQuery.of("salary")).found()).isEmpty();
        assertThat(memory.recall(sam, RecallQuery.of("salary")).found()).hasSize(2);
        assertThat(catchThrowableOfType(Failure.class, () -> memory.show(ada, old))
                        .code())
                .isEqualTo(Failure.Code.NOT_FOUND);
    }

    @Test
    void findsByANewTagWhatWasFoundWithoutIt() {
        memory.remember(sam, NewMemory.note("the salary is high"), null);
        assertThat(memory.recall(sam, RecallQuery.of("salary")).found()).hasSize(1);
        memory.remember(
                sam,
                new NewMemory("the salary is high", MemoryKind.NOTE, MemoryScope.TEAM, 3, List.of("payroll")),
                null);
        assertThat(memory.recall(sam, RecallQuery.of("payroll")).found()).hasSize(1);
    }

    @Test
    void forgetsTheOlderRevisionsWithTheNewerSoThatNothingSupersededHoldsAgain() {
        long one = memory.remember(sam, NewMemory.note("wrong port 1"), null).number();
        long two = memory.edit(sam, one, MemoryChange.content("wrong port 2"), null)
                .number();
        long three = memory.edit(sam, two, MemoryChange.content("right port 3"), null)
                .number();
        assertThat(memory.forget(sam, two).memories())
                .extracting(MemoryDetails::number)
                .containsExactly(one, two);
        assertThat(memory.recall(dario, RecallQuery.of("port")).found())
                .singleElement()
                .satisfies(found -> assertThat(found.memory().number()).isEqualTo(three));
        assertThat(memory.show(dario, three).revisions()).hasSize(1);
        memory.forget(sam, three);
        assertThat(memory.recall(dario, RecallQuery.of("port")).found()).isEmpty();
        assertThat(store.count("SELECT count(*) FROM memory WHERE content <> '' OR content_hash IS NOT NULL"
                        + " OR terms IS NOT NULL"))
                .isZero();
    }

    private static MemoryFilter tagged(String tag) {
        return new MemoryFilter(null, null, List.of(tag), null, null);
    }

    private Failure refused(Actor actor, long number, String content) {
        return catchThrowableOfType(
                Failure.class, () -> memory.edit(actor, number, MemoryChange.content(content), null));
    }
}
