package dev.katra.shell.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.katra.core.session.WakePolicy;
import dev.katra.core.testing.TestStore;
import dev.katra.shell.proof.RoomClient.Shown;
import dev.katra.shell.testing.StandIn;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Mail survives accidents: whatever is killed, cut off or late, every message whose sender was told that it is said
 * reaches every addressee, in order, and what is given twice says so.
 */
class MailFaultsIT {

    private static final List<String> NAMES = List.of("Ada", "Bob", "Cleo", "Dario", "Eve", "Finn", "Gwen", "Hugo");

    /** Whose session is killed, and who takes no part in the rest. */
    private static final String MORTAL = "Igor";

    @RegisterExtension
    static final KatraWorld WORLD = new KatraWorld();

    private static final Map<String, RoomClient> CLIENTS = new HashMap<>();
    private static final Map<String, Process> PROCESSES = new HashMap<>();
    private static Path home;

    /** Sessions without a client of their own: a process that stands for it, and the token that it would have. */
    @BeforeAll
    static void sessions() throws IOException {
        home = TestStore.home(WORLD.root()).root();
        WORLD.export("KATRA_HOME", home.toString());
        URI server = URI.create("http://127.0.0.1:" + WORLD.environment().get("KATRA_PORT"));
        try (TestStore store = TestStore.open(WORLD.root())) {
            for (String name : Stream.concat(NAMES.stream(), Stream.of(MORTAL)).toList()) {
                StandIn session = StandIn.begin(store, name, WORLD.folder(), WakePolicy.DIRECT);
                PROCESSES.put(name, session.process());
                CLIENTS.put(name, new RoomClient(name, server, session.token()));
            }
        }
        WORLD.done("server", "start");
    }

    @Test
    void losesNothingWhenTheServerIsKilledUnderLoad() throws Exception {
        load(40, 3, 1);
    }

    @Test
    void losesNothingWhenEightSpeakAtOnce() throws Exception {
        load(200, 0, 2);
    }

    @Test
    @Tag("long")
    void losesNothingWhenTheServerIsKilledOften() throws Exception {
        for (int round = 0; round < 10; round++) {
            load(200, 5, 100 + round);
        }
    }

    /** Every persona says so many messages, to the room or to two of the others, and hears; the server is killed. */
    private static void load(int messages, int kills, long seed) throws Exception {
        Map<Long, JsonNode> said = new ConcurrentHashMap<>();
        Set<String> tried = ConcurrentHashMap.newKeySet();
        Map<String, Integer> before = new HashMap<>();
        CLIENTS.forEach((name, client) -> before.put(name, client.shown().size()));
        CountDownLatch speaking = new CountDownLatch(NAMES.size());
        AtomicBoolean over = new AtomicBoolean();
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (String name : NAMES) {
            tasks.add(() -> speak(name, messages, seed, said, tried, speaking));
            tasks.add(() -> listen(client(name), over));
        }
        tasks.add(() -> {
            Random moments = new Random(seed);
            for (int kill = 0; kill < kills; kill++) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200 + moments.nextInt(1000)));
                killServer();
                WORLD.done("server", "start");
            }
            assertThat(speaking.await(5, TimeUnit.MINUTES)).isTrue();
            over.set(true);
            return true;
        });
        KatraWorld.atTheSameMoment(tasks);

        for (String name : NAMES) {
            RoomClient client = client(name);
            while (client.hear(0) > 0) {
                // until nothing is left
            }
            List<Shown> shown = client.shown()
                    .subList(
                            Objects.requireNonNull(before.get(client.persona())),
                            client.shown().size());
            Set<Long> expected = new HashSet<>();
            said.forEach((number, message) -> {
                if (message.path("recipients").valueStream().anyMatch(r -> r.asString("")
                        .equals(client.persona()))) {
                    expected.add(number);
                }
            });
            assertThat(shown)
                    .extracting(Shown::number)
                    .as("lost to " + client.persona())
                    .containsAll(expected);
            assertThat(shown).extracting(Shown::text).as("invented").isSubsetOf(tried);
            Set<Long> known = new HashSet<>();
            List<Long> first = new ArrayList<>();
            for (Shown message : shown) {
                if (known.add(message.number())) {
                    first.add(message.number());
                } else {
                    assertThat(message.redelivered())
                            .as("twice and not marked: " + message)
                            .isTrue();
                }
            }
            assertThat(first).as("order of " + client.persona()).isSorted();
        }
        assertThat(said).as("acknowledged").hasSize(NAMES.size() * messages);
    }

    private static boolean speak(
            String name,
            int messages,
            long seed,
            Map<Long, JsonNode> said,
            Set<String> tried,
            CountDownLatch speaking) {
        RoomClient mouth = client(name).beside();
        int at = NAMES.indexOf(name);
        int acknowledged = 0;
        for (int n = 0; acknowledged < messages; n++) {
            assertThat(n).as("tries of " + name).isLessThan(messages + 20_000);
            List<String> to = n % 3 == 0
                    ? List.of(NAMES.get((at + 1) % NAMES.size()), NAMES.get((at + 3) % NAMES.size()))
                    : List.of();
            String text = seed + " " + name + " " + n + " ü☃😀";
            tried.add(text);
            try {
                JsonNode answer = mouth.say(text, to);
                said.put(answer.path("number").asLong(), answer);
                acknowledged++;
            } catch (IOException e) {
                // The server is down: the model sees an error and says it anew, in other words.
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
        speaking.countDown();
        return true;
    }

    private static boolean listen(RoomClient client, AtomicBoolean over) {
        while (!over.get()) {
            try {
                client.hear(1);
            } catch (IOException e) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
        return true;
    }

    @Test
    void givesAgainWhatWasCutOffWhenTheServerDiedInTheAnswer() throws IOException {
        RoomClient ada = client("Ada");
        RoomClient bob = client("Bob");
        drain(bob);
        ada.say("cut", List.of("Bob"));

        bob.hearUntil(MailFaultsIT::killServer);
        WORLD.done("server", "start");
        bob.call("katra_who_is_here", JsonMapper.shared().createObjectNode());

        assertThat(WORLD.delivery("cut", "Bob")).isEqualTo("offered");
        assertThat(bob.hear(0)).isOne();
        assertThat(last(bob).text()).isEqualTo("cut");
        assertThat(last(bob).redelivered()).isTrue();
        assertThat(WORLD.delivery("cut", "Bob")).isEqualTo("received");
    }

    @Test
    void reachesThoseWhoWaitedWhenTheServerDied() throws Exception {
        RoomClient ada = client("Ada");
        RoomClient bob = client("Bob");
        drain(bob);
        List<Boolean> results = KatraWorld.atTheSameMoment(List.of(
                () -> {
                    try {
                        bob.hear(30);
                        return false;
                    } catch (IOException e) {
                        return true;
                    }
                },
                () -> {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
                    killServer();
                    WORLD.done("server", "start");
                    return true;
                }));
        assertThat(results).containsExactly(true, true);
        ada.say("after the fall", List.of("Bob"));
        assertThat(bob.hear(0)).isOne();
        assertThat(last(bob)).extracting(Shown::text, Shown::redelivered).containsExactly("after the fall", false);
    }

    /** The client waits two seconds for a hook; what it does not wait for must not count as received. */
    @Test
    void givesAgainWhatAHookBroughtTooLate() throws IOException {
        RoomClient ada = client("Ada");
        RoomClient cleo = client("Cleo");
        drain(cleo);
        ada.say("too late", List.of("Cleo"));

        signal("STOP");
        cleo.leave(
                "/hooks/UserPromptSubmit",
                cleo.event("UserPromptSubmit").put("prompt", "go on"),
                () -> LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2)));
        signal("CONT");
        cleo.stop(); // of the prompt that went without it

        assertThat(cleo.prompt()).contains("too late");
        cleo.stop();
        assertThat(cleo.prompt()).isEmpty();
        assertThat(WORLD.delivery("too late", "Cleo")).isEqualTo("received");
    }

    @Test
    void leavesWhatASubAgentHeardUnreadForItsSession() throws IOException {
        RoomClient ada = client("Ada");
        RoomClient eve = client("Eve");
        drain(eve);
        ada.say("for the agent", List.of("Eve"));
        RoomClient agent = eve.beside();
        assertThat(agent.hear(0, Map.of("agent_id", "a1"))).isOne();
        assertThat(WORLD.delivery("for the agent", "Eve")).isNotEqualTo("received");
        assertThat(eve.hear(0)).isOne();
        assertThat(WORLD.delivery("for the agent", "Eve")).isEqualTo("received");
    }

    @Test
    void keepsForTheNextSessionWhatAKilledOneHadNotReceived() throws IOException {
        RoomClient ada = client("Ada");
        RoomClient igor = client(MORTAL);
        drain(igor);
        ada.say("for the heir", List.of(MORTAL));
        igor.hearUntil(() -> Objects.requireNonNull(PROCESSES.get(MORTAL)).destroyForcibly());
        await("the end of " + MORTAL).atMost(Duration.ofSeconds(5)).until(() -> !WORLD.personas("who")
                .contains(MORTAL));
        assertThat(WORLD.startDemo(MORTAL, "katra_hear {}").exitCode()).isZero();
        await("the heir").atMost(KatraWorld.PATIENCE).until(() -> WORLD.delivery("for the heir", MORTAL)
                .equals("received"));
    }

    private static RoomClient client(String name) {
        return Objects.requireNonNull(CLIENTS.get(name));
    }

    private static void drain(RoomClient client) throws IOException {
        while (client.hear(0) > 0) {
            // until nothing is left
        }
    }

    private static Shown last(RoomClient client) {
        return client.shown().get(client.shown().size() - 1);
    }

    private static void killServer() {
        ProcessHandle server = server();
        server.destroyForcibly();
        server.onExit().join();
    }

    private static void signal(String name) throws IOException {
        try {
            assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(server().pid()))
                            .start()
                            .waitFor())
                    .isZero();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ProcessHandle server() {
        try {
            long pid = JsonMapper.shared()
                    .readTree(Files.readAllBytes(home.resolve("server.json")))
                    .path("pid")
                    .asLong();
            return ProcessHandle.of(pid).orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
