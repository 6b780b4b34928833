package dev.katra.shell.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.session.WakePolicy;
import dev.katra.core.testing.TestStore;
import dev.katra.shell.testing.StandIn;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Eight sessions remember and recall at once: every memory that was acknowledged is there, found by its words, once. */
class MemoryUnderLoadIT {

    private static final List<String> NAMES = List.of("Ada", "Bob", "Cleo", "Dario", "Eve", "Finn", "Gwen", "Hugo");
    private static final String CONSONANTS = "bdfgklmnprtvz";
    private static final String VOWELS = "aeiou";
    private static final long SYLLABLES = 65;

    @RegisterExtension
    static final KatraWorld WORLD = new KatraWorld();

    private static final List<RoomClient> CLIENTS = new ArrayList<>();
    private static final List<Process> PROCESSES = new ArrayList<>();
    private static final AtomicLong NEXT_WORD = new AtomicLong();

    /** What was acknowledged: its number by the word that only it has. */
    private static final Map<String, Long> ACKNOWLEDGED = new ConcurrentHashMap<>();

    /** Sessions without a client of their own: a process that stands for it, and the token that it would have. */
    @BeforeAll
    static void sessions() throws IOException {
        WORLD.export("KATRA_HOME", TestStore.home(WORLD.root()).root().toString());
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
    void nothingIsLostOrDoubledInTenSeconds() throws Exception {
        load(Duration.ofSeconds(10));
    }

    @Test
    @Tag("long")
    void nothingIsLostOrDoubledInAMinute() throws Exception {
        load(Duration.ofMinutes(1));
    }

    private static void load(Duration length) throws Exception {
        long end = System.nanoTime() + length.toNanos();
        List<Callable<Integer>> writers = new ArrayList<>();
        for (RoomClient client : CLIENTS) {
            writers.add(() -> rememberAndRecall(client, end));
        }
        assertThat(KatraWorld.atTheSameMoment(writers)).allMatch(written -> written > 0);

        List<String> words = List.copyOf(ACKNOWLEDGED.keySet());
        List<Callable<Integer>> readers = new ArrayList<>();
        for (int reader = 0; reader < CLIENTS.size(); reader++) {
            int first = reader;
            readers.add(() -> {
                for (int n = first; n < words.size(); n += CLIENTS.size()) {
                    isFoundOnce(CLIENTS.get(first), words.get(n));
                }
                return first;
            });
        }
        KatraWorld.atTheSameMoment(readers);
        assertThat(WORLD.done("memory", "export").lines().filter(line -> line.contains("\"content\"")))
                .as("stored")
                .hasSize(ACKNOWLEDGED.size());
    }

    private static int rememberAndRecall(RoomClient client, long end) throws IOException {
        Random random = new Random(client.persona().hashCode());
        List<String> own = new ArrayList<>();
        while (System.nanoTime() < end) {
            String word = word(NEXT_WORD.getAndIncrement());
            ObjectNode memory = JsonMapper.shared()
                    .createObjectNode()
                    .put(
                            "content",
                            client.persona() + " keeps the " + word + " in drawer " + own.size() + ", as agreed.")
                    .put("kind", random.nextBoolean() ? "fact" : "note");
            long number = client.call("katra_remember", memory).path("number").asLong();
            assertThat(number).as("acknowledgement of " + word).isPositive();
            assertThat(ACKNOWLEDGED.put(word, number)).isNull();
            own.add(word);
            isFoundOnce(client, own.get(random.nextInt(own.size())));
        }
        return own.size();
    }

    private static void isFoundOnce(RoomClient client, String word) throws IOException {
        JsonNode answer = client.call(
                "katra_recall", JsonMapper.shared().createObjectNode().put("query", "where is the " + word + "?"));
        assertThat(answer.path("memories").values())
                .filteredOn(memory -> memory.path("content").asString("").contains(" " + word + " "))
                .as(word)
                .singleElement()
                .satisfies(memory -> assertThat(memory.path("number").asLong()).isEqualTo(ACKNOWLEDGED.get(word)));
    }

    /** A word of its own for each number. */
    private static String word(long number) {
        StringBuilder word = new StringBuilder("q");
        for (long rest = number + 1000; rest > 0; rest /= SYLLABLES) {
            int syllable = (int) (rest % SYLLABLES);
            word.append(VOWELS.charAt(syllable % VOWELS.length()))
                    .append(CONSONANTS.charAt(syllable / VOWELS.length()));
        }
        return word.append("ox").toString();
    }
}
