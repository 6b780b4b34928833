package dev.katra.shell.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.katra.core.home.KatraHome;
import dev.katra.core.session.WakePolicy;
import dev.katra.core.testing.TestStore;
import dev.katra.launcher.process.ProcessResult;
import dev.katra.shell.testing.StandIn;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.json.JsonMapper;

/**
 * Connections and bodies that come in masses, slowly or not at all, against the packaged program. What they cost another
 * session is measured and printed; the bounds are wide, since other programs run beside the tests.
 */
class FloodIT {

    @RegisterExtension
    static final KatraWorld WORLD = new KatraWorld();

    private static final int CALLS = 200;

    /**
     * What a flood may cost beside twice what was before: a stop of the garbage collector, which takes a tenth of a
     * second of a core that is busy with other programs.
     */
    private static final long FLOOR_NANOS = 150_000_000;

    /** Other programs run beside the tests. What a flood costs, it costs every time. */
    private static final int ROUNDS = 3;

    private static KatraHome home;
    private static URI server;
    private static String token;
    private static String other;
    private static final List<String> CROWD = new ArrayList<>();
    private static RoomClient client;
    private static final List<Process> PROCESSES = new ArrayList<>();

    private final List<Socket> open = new ArrayList<>();

    private record Times(long median, long p99) {
        @Override
        public String toString() {
            return "p50 " + median / 1000 + " µs, p99 " + p99 / 1000 + " µs";
        }
    }

    @BeforeAll
    static void start() throws IOException {
        home = TestStore.home(WORLD.root());
        WORLD.export("KATRA_HOME", home.root().toString());
        server = URI.create("http://127.0.0.1:" + WORLD.environment().get("KATRA_PORT"));
        try (TestStore store = TestStore.open(WORLD.root())) {
            token = session(store, "Ada");
            other = session(store, "Bob");
            CROWD.add(other);
            for (String name : List.of("Cem", "Dora", "Eva")) {
                CROWD.add(session(store, name));
            }
        }
        client = new RoomClient("Ada", server, token);
        WORLD.done("server", "start");
    }

    private static String session(TestStore store, String name) throws IOException {
        StandIn session = StandIn.begin(store, name, WORLD.folder(), WakePolicy.DIRECT);
        PROCESSES.add(session.process());
        return session.token();
    }

    @AfterAll
    static void stop() {
        PROCESSES.forEach(Process::destroyForcibly);
    }

    @AfterEach
    void close() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }

    @Test
    void strangersWhoSendNoBodyCostOthersNothing() throws Exception {
        Times before = measure();
        for (int i = 0; i < 420; i++) {
            send("POST " + (i % 2 == 0 ? "/mcp" : "/nothing"), "Content-Length: 1000000", "x");
        }
        report("420 strangers with a head and a byte of a body", before, measure());
    }

    @Test
    void aSessionsSlowBodiesCostOthersNothing() throws Exception {
        Times before = measure();
        for (int i = 0; i < 300; i++) {
            send("POST /mcp", "Content-Length: 1000\r\nAuthorization: Bearer " + other, "{");
        }
        report("300 slow bodies of one session", before, measure());
    }

    @Test
    void connectionsThatSayNothingCostOthersNothing() throws Exception {
        idle(1_000);
    }

    @Test
    @Tag("long")
    void tenThousandConnectionsCostOthersNothing() throws Exception {
        idle(10_000);
    }

    private void idle(int connections) throws Exception {
        Times before = measure();
        for (int i = 0; i < connections; i++) {
            if (i % 2 == 0) {
                open.add(new Socket(InetAddress.getLoopbackAddress(), server.getPort()));
            } else {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort());
                socket.getOutputStream().write("POST /mcp HTTP/1.1\r\nHost: ".getBytes(StandardCharsets.US_ASCII));
                open.add(socket);
            }
        }
        report(connections + " connections, half of them with half a head", before, measure());
    }

    /** Each would become a tree of 130 MB, which no session may have. */
    @Test
    void aMassOfBodiesThatAreTooLargeCostsOthersLittle() throws Exception {
        List<Integer> statuses = flood("64 bodies of 2.4 MB with 1,600,000 elements", 800_000, List.of(other));
        assertThat(statuses).allSatisfy(status -> assertThat(status).isIn(413, 503));
    }

    /** Each becomes a tree that is nearly as large as any that is made. */
    @Test
    void aMassOfLargeBodiesOfManySessionsIsTakenInTurnsAndCostsOthersLittle() throws Exception {
        List<Integer> statuses = flood("64 bodies of 2.4 MB with 360,000 elements", 180_000, CROWD);
        assertThat(statuses).allSatisfy(status -> assertThat(status).isIn(200, 503));
        assertThat(statuses).contains(200);
    }

    private static List<Integer> flood(String what, int lists, List<String> sessions) throws Exception {
        ProcessHandle process = process();
        String text = "{\"model\":\"demo-1\",\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}],"
                + "\"metadata\":[" + "[],".repeat(lists) + "0],\"user\":\"" + "x".repeat(2_400_000 - 3 * lists) + "\"}";
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        List<Integer> statuses = new ArrayList<>();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least > FLOOR_NANOS; round++) {
            Times before = measure();
            List<CompletableFuture<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                String session = sessions.get(i % sessions.size());
                answers.add(CompletableFuture.supplyAsync(() -> status(session, body), FloodIT::start));
            }
            Times during = measure();
            for (CompletableFuture<Integer> answer : answers) {
                statuses.add(answer.get(90, TimeUnit.SECONDS));
            }
            System.out.println(what + ": before " + before + "; during " + during);
            least = Math.min(least, during.p99() - 2 * before.p99());
        }
        System.out.println(what + ": " + statuses);
        assertThat(least).as("nanoseconds beyond twice as long").isLessThanOrEqualTo(FLOOR_NANOS);
        assertThat(process().pid()).isEqualTo(process.pid());
        byte[] small = "{\"messages\":[]}".getBytes(StandardCharsets.UTF_8);
        await().atMost(Duration.ofSeconds(30)).until(() -> status(other, small) == 200);
        return statuses;
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "large");
        thread.setDaemon(true);
        thread.start();
    }

    @Test
    void silentCallersOfThePrivateSocketCostOthersNothing() throws Exception {
        ProcessHandle process = process();
        Times before = measure();
        long threads = of(process, "Threads:");
        long memory = of(process, "VmRSS:");
        List<SocketChannel> callers = new ArrayList<>();
        try {
            for (int i = 0; i < 2_000; i++) {
                SocketChannel caller = SocketChannel.open(UnixDomainSocketAddress.of(home.socket()));
                callers.add(caller);
                if (i % 2 == 1) {
                    caller.write(ByteBuffer.wrap("POST /run HTTP/1.1\r\nHost: ".getBytes(StandardCharsets.US_ASCII)));
                }
            }
            long begun = System.nanoTime();
            WORLD.done("who");
            long who = System.nanoTime() - begun;
            Times during = measure();
            long more = of(process, "Threads:") - threads;
            long grown = of(process, "VmRSS:") - memory;
            System.out.println("katra who in " + who / 1_000_000 + " ms, " + more + " threads and " + grown
                    + " kB more; files of the server: " + files(process));
            assertThat(more).as("threads").isLessThan(32);
            assertThat(grown).as("kilobytes").isLessThan(50_000);
            report("2,000 callers of the private socket who say nothing or half a head", before, during);
        } finally {
            for (SocketChannel caller : callers) {
                caller.close();
            }
        }
    }

    private static long of(ProcessHandle process, String name) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            String line =
                    lines.filter(each -> each.startsWith(name)).findFirst().orElseThrow();
            return Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
    }

    private static long files(ProcessHandle process) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
            return files.count();
        }
    }

    /** A server whose heap is used up ends, says so, and is started anew by the next command. */
    @Test
    void aServerOutOfMemoryEndsAndIsStartedAnew() throws Exception {
        String said = "x".repeat(65_000);
        int messages = 400; // which are more than is left of the small heap
        for (int i = 0; i < messages; i++) {
            client.say(i + " " + said, List.of());
        }
        WORLD.done("server", "stop");
        ProcessBuilder small = new ProcessBuilder(WORLD.commandLine("server", "start"))
                .directory(WORLD.folder().toFile());
        small.environment().clear();
        small.environment().putAll(WORLD.environment());
        small.environment().put("JDK_JAVA_OPTIONS", "-Dkatra.server.heap=36m");
        assertThat(small.inheritIO().start().waitFor()).isZero();
        ProcessHandle process = process();
        assertThat(process.info().arguments().map(Arrays::asList).orElseThrow()).contains("-Xmx36m");

        ProcessResult asked = WORLD.katra("history", "--json", "--limit", "1000");
        await().atMost(Duration.ofSeconds(30)).until(() -> !process.isAlive());
        assertThat(asked.exitCode()).isEqualTo(5);
        assertThat(asked.stderr()).contains("the connection to the server was lost");
        assertThat(WORLD.done("server", "logs")).contains("java.lang.OutOfMemoryError: Java heap space");

        ProcessResult next = WORLD.katra("who");
        assertThat(next.exitCode()).isZero();
        assertThat(next.stderr()).contains("the server had no memory left and has ended; starting another");
        assertThat(process().pid()).isNotEqualTo(process.pid());
        assertThat(WORLD.done("history", "--json", "--limit", "1000").lines().filter(line -> line.contains(said)))
                .hasSize(messages);
        assertThat(WORLD.katra("who").stderr()).isEmpty();
    }

    @Test
    void aServerThatCanOpenNoMoreFilesEndsNoSession() throws Exception {
        WORLD.done("server", "stop");
        List<String> command = new ArrayList<>(List.of("bash", "-c", "ulimit -n 256; exec \"$@\"", "bash"));
        command.addAll(WORLD.commandLine("server", "start"));
        ProcessBuilder few =
                new ProcessBuilder(command).directory(WORLD.folder().toFile());
        few.environment().clear();
        few.environment().putAll(WORLD.environment());
        assertThat(few.inheritIO().start().waitFor()).isZero();
        try {
            for (int i = 0; i < 300; i++) {
                open.add(new Socket(InetAddress.getLoopbackAddress(), server.getPort()));
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> log().contains("Too many open files"));
            await().during(Duration.ofSeconds(5)).atMost(Duration.ofSeconds(6)).until(() -> true); // two looks
            close();
            assertThat(log()).doesNotContain("has ended");
            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> assertThat(WORLD.list())
                    .hasSize(CROWD.size() + 1));
            assertThat(measure().median()).isPositive();
        } finally {
            WORLD.done("server", "stop");
            WORLD.done("server", "start");
        }
    }

    private static String log() throws IOException {
        return Files.readString(home.serverLog());
    }

    @Test
    @Tag("long")
    void anImportOfAnySizeIsReadLineByLine() throws Exception {
        ProcessHandle process = process();
        Path file = WORLD.folder().resolve("large.jsonl");
        byte[] line = ("{\"content\":\"" + "many words of one memory ".repeat(2_500) + "\"}\n")
                .getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (long size = 0; size < 345_000_000; size += line.length) {
                out.write(line);
            }
        }
        long begun = System.nanoTime();
        String said = WORLD.done("memory", "import", file.toString());
        System.out.println("import of 345 MB: " + said.strip() + " in "
                + Duration.ofNanos(System.nanoTime() - begun).toSeconds() + " s");
        assertThat(said).startsWith("imported 1, known already ");
        assertThat(process().pid()).isEqualTo(process.pid());
    }

    private static ProcessHandle process() throws Exception {
        long pid = JsonMapper.shared()
                .readTree(WORLD.done("server", "status", "--json"))
                .get("pid")
                .asLong();
        return ProcessHandle.of(pid).orElseThrow();
    }

    /** How long a session's calls take, each of which reads the store. */
    private static Times measure() throws IOException {
        RoomClient fresh = client.beside();
        long[] nanos = new long[CALLS];
        for (int i = 0; i < 20; i++) {
            fresh.call("katra_whoami", JsonMapper.shared().createObjectNode());
        }
        for (int i = 0; i < CALLS; i++) {
            long begun = System.nanoTime();
            fresh.call("katra_whoami", JsonMapper.shared().createObjectNode());
            nanos[i] = System.nanoTime() - begun;
        }
        Arrays.sort(nanos);
        return new Times(nanos[CALLS / 2], nanos[CALLS * 99 / 100]);
    }

    private static void report(String what, Times before, Times during) {
        System.out.println(what + ": before " + before + "; during " + during);
        assertThat(during.p99()).as(what).isLessThan(Math.max(2 * before.p99(), 2_000_000_000L));
    }

    private Socket send(String request, String headers, String body) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort());
        open.add(socket);
        socket.getOutputStream()
                .write((request + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.getPort() + "\r\n" + headers + "\r\n\r\n"
                                + body)
                        .getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    private static int status(String session, byte[] bytes) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream()
                    .write(("POST /demo/v1/messages HTTP/1.1\r\nHost: 127.0.0.1:" + server.getPort()
                                    + "\r\nX-Katra-Session: " + session + "\r\nContent-Length: " + bytes.length
                                    + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(bytes);
            StringBuilder line = new StringBuilder();
            for (int c = socket.getInputStream().read();
                    c >= 0 && c != '\n';
                    c = socket.getInputStream().read()) {
                line.append((char) c);
            }
            return line.isEmpty()
                    ? -1
                    : Integer.parseInt(line.toString().split(" ", 3)[1].strip());
        } catch (IOException e) {
            return -1;
        }
    }
}
