package dev.katra.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Actor;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is not used ages, and what a person is shown of it. */
class MemoryReviewTests extends WithMemory {

    private Actor ada;

    @BeforeEach
    void meet() {
        ada = store.human("Ada");
    }

    @Test
    void whatASessionFindsIsNotedOnceADayWithoutWaiting() {
        long port = remember(sam, "Staging runs on port 5544");
        memory.recall(ada, RecallQuery.of("staging port"));
        store.bean(FoundMemories.class).write();
        assertThat(use(port)).as("a person's question does not count").isEqualTo(MemoryUses.Use.NONE);

        memory.recall(dario, RecallQuery.of("staging port"));
        assertThat(use(port)).as("not yet written").isEqualTo(MemoryUses.Use.NONE);
        memory.recall(dario, RecallQuery.of("staging port"));
        store.bean(FoundMemories.class).write();
        assertThat(use(port)).isEqualTo(new MemoryUses.Use(1, clock.instant()));

        clock.advance(Duration.ofDays(1));
        memory.show(dario, port);
        store.bean(FoundMemories.class).write();
        assertThat(use(port)).isEqualTo(new MemoryUses.Use(2, clock.instant()));
        memory.forget(sam, port);
        assertThat(store.count("SELECT count(*) FROM memory_use")).isZero();
    }

    @Test
    void whatNobodyUsesForLongLosesALittle() {
        assertThat(Ageing.loss(clock.instant().minus(Duration.ofDays(100)), clock.instant()))
                .isZero();
        assertThat(Ageing.loss(clock.instant().minus(Duration.ofDays(360)), clock.instant()))
                .isEqualTo(0.02);
        assertThat(Ageing.loss(clock.instant().minus(Duration.ofDays(4000)), clock.instant()))
                .isLessThan(0.04);

        long one = remember(sam, "cache one");
        long two = remember(sam, "cache two");
        clock.advance(Duration.ofDays(600));
        assertThat(found("cache")).containsExactly(two, one);
        memory.show(dario, one);
        store.bean(FoundMemories.class).write();
        assertThat(found("cache")).containsExactly(one, two);
    }

    @Test
    void whatIsStaleIsShownUntilAPersonKeepsIt() {
        long old = remember(sam, "Staging runs on port 5544");
        long used = remember(sam, "The build needs JDK 17");
        clock.advance(MemoryReview.STALE_AFTER.plusDays(1));
        remember(sam, "Deployments go through Jenkins");
        memory.show(dario, used);
        store.bean(FoundMemories.class).write();
        assertThat(numbers(EnumSet.of(ReviewReason.STALE))).containsExactly(old);
        memory.keep(ada, old);
        assertThat(numbers(EnumSet.of(ReviewReason.STALE))).isEmpty();
        clock.advance(MemoryReview.KEPT_FOR.plusDays(1));
        assertThat(numbers(EnumSet.of(ReviewReason.STALE))).contains(old);
    }

    @Test
    void whatIsNeverFoundIsKnownOnlyOnceFindingIsCounted() {
        long never = remember(sam, "Staging runs on port 5544");
        long found = remember(sam, "The build needs JDK 17");
        clock.advance(Duration.ofDays(100));
        assertThat(numbers(EnumSet.of(ReviewReason.NEVER_FOUND))).isEmpty();
        memory.show(dario, found);
        store.bean(FoundMemories.class).write();
        assertThat(numbers(EnumSet.of(ReviewReason.NEVER_FOUND))).isEmpty();
        clock.advance(MemoryReview.FOUND_WITHIN.plusDays(1));
        remember(sam, "new, so that nobody can have found it");
        assertThat(numbers(EnumSet.of(ReviewReason.NEVER_FOUND))).containsExactly(never);
    }

    @Test
    void whatIsContradictedOrSaidTwiceComesWithTheOther() {
        long wrong = remember(dario, "Staging runs on port 5544");
        long right = memory.remember(sam, NewMemory.note("It is 6655 on staging"), null, wrong)
                .number();
        long first = remember(dario, "The nightly backup of db1 runs at two and takes an hour");
        long second = remember(sam, "the nightly backup of db1 runs at two and takes one hour");
        remember(sam, "something else");
        List<MemoryReview.Item> items = items(EnumSet.of(ReviewReason.CONTRADICTED, ReviewReason.DUPLICATE));
        assertThat(items)
                .extracting(each -> each.memory().number(), MemoryReview.Item::why, each -> Objects.requireNonNull(
                                each.other())
                        .number())
                .containsExactly(tuple(wrong, "contradicted", right), tuple(first, "duplicate", second));
        memory.keep(ada, wrong);
        memory.supersede(ada, first, second);
        assertThat(items(EnumSet.allOf(ReviewReason.class))).isEmpty();
    }

    @Test
    void othersPrivateMemoriesAreNotShown() {
        memory.remember(sam, new NewMemory("my draft", MemoryKind.NOTE, MemoryScope.PRIVATE, 3, List.of()), null);
        clock.advance(Duration.ofDays(500));
        assertThat(items(EnumSet.allOf(ReviewReason.class))).isEmpty();
        assertThatThrownBy(() -> store.bean(MemoryReview.class).items(ada, EnumSet.allOf(ReviewReason.class), 0))
                .isInstanceOf(Failure.class);
    }

    private List<Long> numbers(Set<ReviewReason> reasons) {
        return items(reasons).stream().map(each -> each.memory().number()).toList();
    }

    private List<MemoryReview.Item> items(Set<ReviewReason> reasons) {
        return store.bean(MemoryReview.class).items(ada, reasons, 20);
    }

    private MemoryUses.Use use(long number) {
        return store.reads()
                .run(() -> store.bean(MemoryUses.class).of(List.of(number)))
                .getOrDefault(number, MemoryUses.Use.NONE);
    }

    private long remember(Actor actor, String content) {
        return memory.remember(actor, NewMemory.note(content), null).number();
    }

    private List<Long> found(String question) {
        return memory.recall(ada, RecallQuery.of(question)).found().stream()
                .map(each -> each.memory().number())
                .toList();
    }
}
