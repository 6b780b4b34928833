package dev.katra.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that writes is stopped at a random moment, its files are copied as a power cut would leave them (database and
 * log, without the shared memory), and it is killed. Copy and original are whole, and have all that the process has said
 * to be acknowledged, which this process has noted, once each.
 */
@DisabledOnOs(OS.WINDOWS)
class KillTests {

    private static final long MOST_MILLIS = 400;

    /** The number of rounds after which another store is begun: a large one takes long to look through. */
    private static final int ROUNDS_OF_A_STORE = 50;

    @TempDir
    Path folders;

    private Path folder = Path.of("");

    @Test
    void losesNothingWhenItIsKilledOrThePowerIsCut() throws Exception {
        folder = folders;
        kill(3, 1);
    }

    /** So many as {@code -Dkatra.kills} says. */
    @Test
    @Tag("long")
    @Timeout(value = 4, unit = TimeUnit.HOURS)
    void losesNothingInAThousandRounds() throws Exception {
        int left = Integer.getInteger("katra.kills", 1000);
        long seed = System.nanoTime();
        for (int store = 0; left > 0; store++, left -= ROUNDS_OF_A_STORE) {
            folder = Files.createDirectory(folders.resolve("store-" + store));
            kill(Math.min(left, ROUNDS_OF_A_STORE), seed + store);
        }
    }

    private void kill(int rounds, long seed) throws Exception {
        Random random = new Random(seed);
        long last = 0;
        int all = 0;
        for (int round = 0; round < rounds; round++) {
            Set<String> acknowledged = write(round, random.nextLong(MOST_MILLIS));
            all += acknowledged.size();
            String what = "round " + round + " of seed " + seed;
            assertThat(acknowledged).as(what).isNotEmpty();
            long before = last;
            for (Path database : List.of(cut().resolve("katra.db"), home().resolve("katra.db"))) {
                try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                        Statement statement = connection.createStatement()) {
                    assertThat(texts(statement, "PRAGMA integrity_check"))
                            .as(what)
                            .containsExactly("ok");
                    List<String> stored = texts(
                            statement,
                            "SELECT content FROM memory WHERE content LIKE '" + round
                                    + " %' UNION ALL SELECT text FROM message WHERE text LIKE '" + round + " %'");
                    assertThat(stored).as(what).doesNotHaveDuplicates().containsAll(acknowledged);
                    assertThat(number(statement, "SELECT count(*) FROM memory_index_docsize"))
                            .as("indexed in " + what)
                            .isEqualTo(number(statement, "SELECT count(*) FROM memory"));
                    last = number(statement, "SELECT (SELECT count(*) FROM memory) + (SELECT count(*) FROM message)");
                    assertThat(last).as(what).isGreaterThanOrEqualTo(before + acknowledged.size());
                }
            }
        }
        assertThat(last).isGreaterThanOrEqualTo(all);
        System.out.println("killed " + rounds + " times, acknowledged " + all + ", stored " + last);
    }

    /** What it had acknowledged when it was stopped. */
    private Set<String> write(int round, long millis) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        folder.toString(),
                        String.valueOf(round))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        try (BufferedReader journal =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = journal.readLine();
            while (line != null && !line.startsWith(KilledWriter.ACKNOWLEDGED)) {
                line = journal.readLine();
            }
            assertThat(line).as("it writes").isNotNull();
            note(line, acknowledged);
            Thread reader = new Thread(() -> journal.lines().forEach(each -> note(each, acknowledged)));
            reader.start();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
            stop(process);
            copy();
            process.toHandle().destroyForcibly(); // and not the process, which would close what the reader reads
            process.waitFor();
            reader.join();
        } finally {
            process.destroyForcibly();
        }
        return new HashSet<>(acknowledged);
    }

    private static void note(String line, Set<String> acknowledged) {
        if (line.startsWith(KilledWriter.ACKNOWLEDGED)) {
            acknowledged.add(line.substring(KilledWriter.ACKNOWLEDGED.length()));
        }
    }

    /** From here on nothing of it runs, as after a cut, but its files can be looked at. */
    private static void stop(Process process) throws Exception {
        String pid = Long.toString(process.pid());
        assertThat(new ProcessBuilder("kill", "-STOP", pid).start().waitFor()).isZero();
        while (!state(pid).startsWith("T")) {
            Thread.onSpinWait();
        }
    }

    private static String state(String pid) throws IOException {
        Process ps = new ProcessBuilder("ps", "-o", "stat=", "-p", pid).start();
        return new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    private void copy() throws IOException {
        Path cut = cut();
        Files.createDirectories(cut);
        for (String name : List.of("katra.db", "katra.db-wal", "katra.db-shm")) {
            Files.deleteIfExists(cut.resolve(name));
        }
        for (String name : List.of("katra.db", "katra.db-wal")) {
            Files.copy(home().resolve(name), cut.resolve(name));
        }
    }

    private Path home() {
        return folder.resolve("home");
    }

    private Path cut() {
        return folder.resolve("cut");
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

    private static long number(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
