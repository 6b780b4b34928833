package dev.katra.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.memory.ExportedMemory;
import dev.katra.core.memory.MemoryChange;
import dev.katra.core.memory.MemoryKind;
import dev.katra.core.memory.MemoryScope;
import dev.katra.core.memory.MemoryTransfer;
import dev.katra.core.memory.NewMemory;
import dev.katra.core.persona.Actor;
import dev.katra.core.persona.Persona;
import dev.katra.core.room.NewMessage;
import dev.katra.core.search.IndexBuilder;
import dev.katra.core.testing.TestClock;
import dev.katra.core.testing.TestStore;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What takes long does not hold the writer for long, in a store with texts of 64 KiB among others, beside one who speaks all
 * the time. The bound is on the processor time of the writer's thread, piece by piece: how long a piece takes by the clock
 * depends on what else the machine does meanwhile and on its disk, and is only printed. It is twice what a piece may take,
 * because two threads that share a core and its caches slow each other down; what is not cut into slices takes hundreds of
 * milliseconds here.
 *
 * <p>A virtual machine whose host is busy counts the host's pauses as time of the thread. So what took longer is done again
 * in a new store, and only what takes long each time is an error: that is the work, and not the machine.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
@SuppressWarnings("NullAway.Init") // each try opens its own
class WriterHoldsTests {

    /** Of so many texts one is of 64 KiB. */
    private static final int LONG = 50;

    private static final int LONGEST = 64 * 1024;
    private static final Duration AGE = Duration.ofDays(30);
    private static final Duration LIMIT = Holds.LIMIT.multipliedBy(2);
    private static final int TRIES = 3;

    @TempDir
    Path folder;

    private final Map<String, Worst> shortest = new LinkedHashMap<>();
    private TestClock clock;
    private Pieces pieces;
    private Words words;
    private TestStore store;
    private Actor ada;
    private Actor bob;

    private void open(int number) {
        clock = new TestClock();
        pieces = new Pieces();
        words = new Words();
        store = TestStore.open(folder.resolve("store-" + number), clock);
        ada = store.human("Ada");
        bob = store.human("Bob");
        store.human("Ann");
    }

    @Test
    void nothingHoldsTheWriterForLong() throws Exception {
        hold(500, 1_000);
    }

    @Test
    @Tag("long")
    void nothingHoldsTheWriterOfALargeStoreForLong() throws Exception {
        hold(5_000, 10_000);
    }

    private void hold(int memories, int messages) throws Exception {
        for (int number = 1; number <= TRIES && (number == 1 || longest().time().compareTo(LIMIT) >= 0); number++) {
            open(number);
            try {
                holdOnce(memories, messages);
            } finally {
                store.close();
            }
            pieces.worst.forEach((what, worst) ->
                    shortest.merge(what, worst, (one, other) -> one.time().compareTo(other.time()) <= 0 ? one : other));
        }
        assertThat(longest().time()).as(longest().whose()).isLessThan(LIMIT);
    }

    private Worst longest() {
        return Collections.max(shortest.values(), Comparator.comparing(Worst::time));
    }

    private void holdOnce(int memories, int messages) throws Exception {
        store.writes().holds().listen(pieces);
        Persona ann = store.personas().get("Ann");
        say(messages);

        beside("import", () -> store.bean(MemoryTransfer.class).importAll(memories(memories)));
        beside("reindex", () -> reindex());
        long first = first("length(content) > 60000 AND persona_id <> " + ann.id());
        beside("edit", () -> {
            long second = edit(first, MemoryChange.content(words.text(LONGEST)));
            return edit(second, new MemoryChange(null, null, MemoryScope.PRIVATE, null, List.of("mine")));
        });
        beside("confirm", () -> {
            store.memory().remember(ada, note(words.again(7), List.of()), null);
            return store.memory().remember(ada, note(words.again(7), List.of("more")), null);
        });
        beside("forget", () -> store.memory().forget(ada, newest(first)));
        beside("persona remove", () -> remove(ann));
        clock.advance(AGE.plusDays(1));
        beside("retention", () -> store.room().deleteReceived(AGE, messages / 10));

        assertThat(store.count("SELECT count(*) FROM memory WHERE forgotten_at IS NOT NULL"))
                .isEqualTo(3 + memories / 10);
        assertThat(store.count("SELECT count(*) FROM message WHERE id <= " + messages))
                .isEqualTo(messages - messages / 10);
        assertThat(store.count("SELECT count(*) FROM index_removal")).isZero();
        check("memory");
        check("message");
    }

    private void check(String noun) {
        store.writes().run(() -> store.jdbc()
                .sql("INSERT INTO " + noun + "_index (" + noun + "_index) VALUES ('integrity-check')")
                .update());
    }

    /** Straight into the store, which is faster; the index is filled later. */
    private void say(int messages) {
        for (int from = 1; from <= messages; from += 500) {
            int first = from;
            store.writes().run(() -> {
                IntStream.range(first, first + 500).forEach(this::sayOne);
                return true;
            });
        }
    }

    private void sayOne(int number) {
        store.jdbc()
                .sql("INSERT INTO message (id, uid, persona_id, to_room, text, created_at) VALUES (?, ?, ?, 1, ?, ?)")
                .params(number, "m" + number, bob.personaId(), words.text(length(number)), clock.millis())
                .update();
        store.jdbc()
                .sql(
                        "INSERT INTO delivery (persona_id, message_id, received_at) SELECT id, ?, iif(name = 'Ann', NULL, 1)"
                                + " FROM persona WHERE name <> 'Bob'")
                .param(number)
                .update();
    }

    private static int length(int number) {
        return number % LONG == 0 ? LONGEST : 300;
    }

    /** Every tenth is private to Ann. */
    private List<ExportedMemory> memories(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> ExportedMemory.ofUnknownOrigin(
                        "u" + number,
                        number % 10 == 0 ? "Ann" : "Ada",
                        true,
                        new NewMemory(
                                words.text(number % LONG == 0 || number % LONG == 1 ? LONGEST : 300),
                                MemoryKind.NOTE,
                                number % 10 == 0 ? MemoryScope.PRIVATE : MemoryScope.TEAM,
                                3,
                                List.of()),
                        Instant.ofEpochMilli(clock.millis())))
                .toList();
    }

    private boolean reindex() {
        store.bean(IndexBuilder.class).rebuild(progress -> {});
        return true;
    }

    private static NewMemory note(String text, List<String> tags) {
        return new NewMemory(text, MemoryKind.NOTE, MemoryScope.TEAM, 3, tags);
    }

    private long edit(long number, MemoryChange change) {
        return store.memory().edit(ada, number, change, null).number();
    }

    private boolean remove(Persona ann) {
        store.personas().retire(ann);
        store.memory()
                .forgetAll(
                        new Actor(ann.id(), ann.name(), true, null),
                        store.personas().privateMemories(ann));
        store.personas().remove(ann);
        return true;
    }

    private long first(String where) {
        return store.count("SELECT min(id) FROM memory WHERE " + where);
    }

    private long newest(long number) {
        return store.memory().show(ada, number).newest().number();
    }

    /** Does it while another one speaks. */
    private void beside(String what, Supplier<?> work) throws InterruptedException, ExecutionException {
        AtomicBoolean over = new AtomicBoolean();
        AtomicLong said = new AtomicLong();
        AtomicLong longest = new AtomicLong();
        CountDownLatch speaks = new CountDownLatch(1);
        FutureTask<Void> speaking = new FutureTask<>(() -> {
            while (!over.get()) {
                long begun = System.nanoTime();
                store.room().say(ada, NewMessage.to(List.of("Bob"), "beside"), null);
                longest.accumulateAndGet(System.nanoTime() - begun, Math::max);
                said.incrementAndGet();
                speaks.countDown();
            }
            return null;
        });
        new Thread(speaking).start();
        assertThat(speaks.await(60, TimeUnit.SECONDS)).isTrue();
        pieces.begin(what);
        long begun = System.nanoTime();
        try {
            var unused = work.get();
        } finally {
            over.set(true);
            speaking.get();
        }
        pieces.end();
        System.out.println("holds: " + what + " took " + millis(System.nanoTime() - begun) + " ms, " + pieces
                + "; beside it " + said + " messages were said, the longest in " + millis(longest.get()) + " ms");
        assertThat(said).as("said beside " + what).hasPositiveValue();
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    /** The piece of one kind of work that cost the most. */
    private record Worst(Duration time, String whose) {}

    /** What the pieces cost the writer's thread, which is the one that calls. */
    private static final class Pieces implements Holds.Listener {

        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

        private final List<Long> clocks = new ArrayList<>();
        private final Map<String, Worst> worst = new LinkedHashMap<>();
        private String what = "";
        private String by = "";
        private long before;
        private long worstNow;

        synchronized void begin(String next) {
            what = next;
            worstNow = 0;
            clocks.clear();
        }

        synchronized void end() {
            worst.put(what, new Worst(Duration.ofNanos(worstNow), what + ", by " + by));
            what = "";
        }

        @Override
        public synchronized void held(Supplier<String> holder, long nanos) {
            long now = THREADS.getCurrentThreadCpuTime();
            long used = now - before;
            before = now;
            if (!what.isEmpty()) {
                clocks.add(nanos);
                if (used > worstNow) {
                    worstNow = used;
                    by = holder.get();
                }
            }
        }

        @Override
        public synchronized String toString() {
            long[] sorted = clocks.stream().mapToLong(Long::longValue).sorted().toArray();
            return sorted.length + " pieces, the longest " + millis(worstNow) + " ms of the processor, by " + by
                    + ", and "
                    + millis(sorted[sorted.length - 1]) + " ms by the clock, of a hundred one longer than "
                    + millis(sorted[sorted.length * 99 / 100]) + " ms";
        }
    }

    /** Texts of many different words, always the same ones. */
    private static final class Words {

        private final Random random = new Random(1);

        String text(int length) {
            return text(random, length);
        }

        String again(long seed) {
            return text(new Random(seed), LONGEST);
        }

        private static String text(Random random, int length) {
            String words = Stream.generate(() -> random.ints(4 + random.nextInt(6), 'a', 'z' + 1)
                            .mapToObj(Character::toString)
                            .collect(Collectors.joining()))
                    .limit(length / 8)
                    .collect(Collectors.joining(" "));
            return words.length() <= length ? words : words.substring(0, length);
        }
    }
}
