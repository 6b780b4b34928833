package dev.katra.shell.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.katra.core.home.KatraHome;
import dev.katra.core.session.WakePolicy;
import dev.katra.core.testing.TestStore;
import dev.katra.launcher.process.LiveProcess;
import dev.katra.shell.testing.StandIn;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The packaged server is stopped at a random moment while sessions say and remember over MCP and a person speaks over the
 * private socket, its files are copied as a power cut would leave them, it is killed, and the next command starts another.
 * Whatever was acknowledged, which this process notes, is in the copy and in the end in the store, once: sessions send each
 * call again with its id until it is answered, and many of the answered ones once more.
 */
@EnabledOnOs(OS.LINUX)
class ServerKillsIT {

    @RegisterExtension
    static final KatraWorld WORLD = new KatraWorld();

    private static final List<String> NAMES = List.of("Ada", "Bob", "Cleo");
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** The longest time that a round goes on after its first acknowledgements. */
    private static final long MOST_MILLIS = 400;

    /** The number of acknowledgements without which a round does not end. */
    private static final int LEAST = 8;

    private static final List<RoomClient> CLIENTS = new ArrayList<>();
    private static final List<Process> PROCESSES = new ArrayList<>();
    private static KatraHome home;

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicInteger again = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();

    @BeforeAll
    static void sessions() throws IOException {
        home = TestStore.home(WORLD.root());
        WORLD.export("KATRA_HOME", home.root().toString());
        URI server = URI.create("http://127.0.0.1:" + WORLD.environment().get("KATRA_PORT"));
        try (TestStore store = TestStore.open(WORLD.root())) {
            for (String name : NAMES) {
                StandIn session = StandIn.begin(store, name, WORLD.folder(), WakePolicy.NEVER);
                PROCESSES.add(session.process());
                CLIENTS.add(new RoomClient(name, server, session.token()));
            }
        }
        WORLD.done("server", "start");
    }

    @AfterAll
    static void end() {
        PROCESSES.forEach(Process::destroyForcibly);
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void losesAndDoublesNothingThatWasAcknowledged() throws Exception {
        kill(3, 1);
    }

    /** As many rounds as {@code -Dkatra.server.kills} says. */
    @Test
    @Tag("long")
    @Timeout(value = 4, unit = TimeUnit.HOURS)
    void losesAndDoublesNothingInManyRounds() throws Exception {
        kill(Integer.getInteger("katra.server.kills", 200), System.nanoTime());
    }

    private void kill(int rounds, long seed) throws Exception {
        Random random = new Random(seed);
        ExecutorService threads = Executors.newCachedThreadPool();
        List<Future<?>> writers = new ArrayList<>();
        CLIENTS.forEach(client -> writers.add(threads.submit(() -> speak(client, seed))));
        writers.add(threads.submit(() -> speakAsAPerson(seed)));
        try {
            for (int round = 0; round < rounds; round++) {
                kill("round " + round + " of seed " + seed, random.nextLong(MOST_MILLIS));
                if (round % 20 == 19) {
                    System.out.println(
                            "killed the server " + (round + 1) + " times, acknowledged " + acknowledged.size());
                }
            }
        } finally {
            WORLD.done("who"); // starts a server, which answers those who still send
            over.set(true);
            threads.shutdown();
        }
        for (Future<?> writer : writers) {
            writer.get();
        }
        WORLD.done("server", "stop");
        check(home.database(), Set.copyOf(acknowledged), "the end");
        WORLD.done("server", "start");
        System.out.println("killed the server " + rounds + " times, acknowledged " + acknowledged.size() + ", "
                + again.get() + " calls sent again");
    }

    private void kill(String round, long millis) throws Exception {
        WORLD.done("who"); // which starts a server if none is there
        ProcessHandle server = ProcessHandle.of(WORLD.serverPid()).orElseThrow();
        int before = acknowledged.size();
        await(round).atMost(PATIENCE).until(() -> acknowledged.size() >= before + LEAST);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
        Set<String> until = new HashSet<>(acknowledged);
        stop(server.pid());
        Path cut = copy();
        server.destroyForcibly();
        await(round).atMost(PATIENCE).until(() -> LiveProcess.of(server.pid()).isEmpty());
        check(cut, until, round);
    }

    /** From here on nothing of it runs, as after a power cut, but its files can be looked at. */
    private static void stop(long pid) throws Exception {
        assertThat(new ProcessBuilder("kill", "-STOP", Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
        await("a stopped server")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") T "));
    }

    private static Path copy() throws IOException {
        Path cut = Files.createDirectories(WORLD.root().resolve("cut")).resolve("katra.db");
        for (String end : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(Path.of(cut + end));
        }
        for (String end : List.of("", "-wal")) {
            Files.copy(Path.of(home.database() + end), Path.of(cut + end));
        }
        return cut;
    }

    private static void check(Path database, Set<String> expected, String round) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            assertThat(texts(statement, "PRAGMA integrity_check")).as(round).containsExactly("ok");
            List<String> stored = texts(statement, "SELECT text FROM message UNION ALL SELECT content FROM memory");
            Set<String> distinct = new HashSet<>(stored); // a list would compare each with all others
            assertThat(stored).as("stored twice in " + round).hasSameSizeAs(distinct);
            Set<String> lost = new HashSet<>(expected);
            lost.removeAll(distinct);
            assertThat(lost).as("lost in " + round).isEmpty();
            for (String noun : List.of("message", "memory")) {
                assertThat(texts(statement, "SELECT count(*) FROM " + noun + "_index_docsize"))
                        .as("indexed in " + round)
                        .isEqualTo(texts(statement, "SELECT count(*) FROM " + noun));
            }
        }
    }

    private static List<String> texts(Statement statement, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                texts.add(row.getString(1));
            }
        }
        return texts;
    }

    /** Says and remembers, each call with an id of its own until it is answered; every third one is sent once more. */
    private void speak(RoomClient client, long seed) {
        for (int n = 0; !over.get(); n++) {
            String text = client.persona() + " " + n + " of " + seed;
            answered(client, n, text);
            acknowledged.add(text);
            if (n % 3 == 0) {
                again.incrementAndGet();
                answered(client, n, text);
            }
        }
    }

    private void answered(RoomClient client, int n, String text) {
        String tool = n % 2 == 0 ? "katra_say" : "katra_remember";
        ObjectNode arguments = JsonMapper.shared().createObjectNode().put(n % 2 == 0 ? "message" : "content", text);
        String id = "toolu_" + text.replace(' ', '_');
        AtomicInteger sent = new AtomicInteger();
        await(text)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> {
                    again.addAndGet(Math.min(1, sent.getAndIncrement()));
                    return isDone(client.send(tool, arguments, id));
                });
    }

    private static boolean isDone(JsonNode answer) {
        JsonNode result = answer.path("result");
        assertThat(result.path("isError").asBoolean(false))
                .as(answer.toString())
                .isFalse();
        return result.path("structuredContent").isObject();
    }

    /** A command that fails may have said it or not; it is not sent again. */
    private void speakAsAPerson(long seed) {
        for (int n = 0; !over.get(); n++) {
            String text = "person " + n + " of " + seed;
            if (WORLD.katra("say", text).exitCode() == 0) {
                acknowledged.add(text);
            }
        }
    }
}
