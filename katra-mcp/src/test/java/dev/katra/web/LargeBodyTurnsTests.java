package dev.katra.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Large bodies that wait for one another. */
class LargeBodyTurnsTests {

    private static final Duration LONG = Duration.ofMinutes(5);

    private final BlockingQueue<Taken> taken = new LinkedBlockingQueue<>();
    private final List<Thread> threads = new ArrayList<>();

    private record Taken(long session, LargeBodyTurns.Turn turn) {}

    @AfterEach
    void end() {
        threads.forEach(Thread::interrupt);
    }

    @Test
    void oneIsTakenAfterTheOther() throws Exception {
        LargeBodyTurns turns = new LargeBodyTurns(1, LONG);
        LargeBodyTurns.Turn first = turns.take(1L).orElseThrow();
        queue(turns, 1L);
        assertThat(taken.poll(200, TimeUnit.MILLISECONDS)).isNull();

        first.close();

        assertThat(next().session()).isEqualTo(1);
    }

    @Test
    void asManyAreTakenAtOnceAsItIsTold() {
        LargeBodyTurns turns = new LargeBodyTurns(2, LONG);

        assertThat(turns.take(1L)).isPresent();
        assertThat(turns.take(1L)).isPresent();
    }

    @Test
    void aSessionDoesNotWaitForAllBodiesOfAnother() throws Exception {
        LargeBodyTurns turns = new LargeBodyTurns(1, LONG);
        LargeBodyTurns.Turn turn = turns.take(1L).orElseThrow();
        for (long session : List.of(1L, 1L, 1L, 1L, 2L)) {
            queue(turns, session);
        }
        List<Long> order = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            turn.close();
            Taken next = next();
            order.add(next.session());
            turn = next.turn();
        }

        assertThat(order).containsExactly(1L, 2L, 1L);
    }

    @Test
    void aTurnThatDoesNotEndHoldsNobodyUp() throws Exception {
        LargeBodyTurns turns = new LargeBodyTurns(1, Duration.ofMillis(50));
        LargeBodyTurns.Turn stalled = turns.take(1L).orElseThrow();

        Optional<LargeBodyTurns.Turn> next = turns.take(2L);

        assertThat(next).isPresent();
        stalled.close();
        next.get().close();
        assertThat(turns.take(1L)).isPresent();
    }

    @Test
    void onlySoManyOfASessionWait() throws Exception {
        LargeBodyTurns turns = new LargeBodyTurns(1, LONG);
        assertThat(turns.take(1L)).isPresent();
        for (int i = 0; i < LargeBodyTurns.MAX_WAITING_OF_SESSION; i++) {
            queue(turns, 1L);
        }

        assertThat(turns.take(1L)).isEmpty();
        queue(turns, 2L); // which still may
    }

    /** Starts a thread that waits for a turn behind those that wait already. */
    private void queue(LargeBodyTurns turns, long session) {
        Thread thread = new Thread(() -> turns.take(session).ifPresent(turn -> taken.add(new Taken(session, turn))));
        thread.setDaemon(true);
        threads.add(thread);
        int before = turns.waiting();
        thread.start();
        await().until(() -> turns.waiting() == before + 1);
    }

    private Taken next() throws InterruptedException {
        Taken next = taken.poll(20, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }
}
