package dev.katra.core.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WaitersTests {

    private final Waiters<String> waiters = new Waiters<>();

    @Test
    void wakesAllWhoWaitForTheKeyAndNobodyElse() {
        CompletableFuture<Void> first = waiters.next("a");
        CompletableFuture<Void> second = waiters.next("a");
        CompletableFuture<Void> other = waiters.next("b");

        waiters.wake("a");

        first.join();
        second.join();
        assertThat(other).isNotDone();
        assertThat(waiters.count("a")).isZero();
        assertThat(waiters.count("b")).isOne();
    }

    @Test
    void wakesOnAThreadOfItsOwnThatMayBlock() {
        CompletableFuture<Void> blocked = new CompletableFuture<>();
        CompletableFuture<Void> first = waiters.next("a").thenRun(blocked::join);
        CompletableFuture<Void> second = waiters.next("a");

        waiters.wake("a");

        second.join();
        assertThat(first).isNotDone();
        blocked.complete(null);
        first.join();
    }

    @Test
    void keepsNobodyWhoHasStoppedWaiting() {
        waiters.next("a").cancel(false);
        waiters.next("a")
                .orTimeout(1, TimeUnit.MILLISECONDS)
                .exceptionally(e -> null)
                .join();
        // Who waits for the timeout may be told before the seat is left.
        await().untilAsserted(() -> assertThat(waiters.count("a")).isZero());
    }
}
