package dev.katra.mcp.memory;

import dev.katra.core.memory.MemoryService;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.session.SessionService;
import dev.katra.core.testing.TestClock;
import dev.katra.core.testing.retrieval.RetrievalQuestion;
import dev.katra.core.testing.retrieval.RetrievalRanking;
import dev.katra.core.testing.retrieval.RetrievalSet;
import dev.katra.core.testing.retrieval.TeamStore;
import dev.katra.gateway.request.TokenEstimate;
import dev.katra.mcp.RunningServer;
import dev.katra.mcp.TestClient;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The tool {@code katra_recall}, asked over MCP by sessions of the set's personas. */
public final class RecallRanking implements RetrievalRanking, AutoCloseable {

    /** Who asks for a person: a session that has written nothing. */
    private static final String GUEST = "Guest";

    private final TestClock clock;
    private final RunningServer server;
    private final Map<Long, String> keys;
    private final Map<String, TestClient> clients = new HashMap<>();

    RecallRanking(Path home, RetrievalSet set) {
        this(home, set, Map.of());
    }

    /** A server that holds the set, in this home and with these settings. */
    public RecallRanking(Path home, RetrievalSet set, Map<String, Object> settings) {
        clock = new TestClock();
        server = RunningServer.start(home, 0, settings, clock);
        keys = new TeamStore(
                        server.bean(PersonaService.class),
                        server.bean(SessionService.class),
                        server.bean(MemoryService.class),
                        clock)
                .fill(set);
    }

    /** Anything of the server. */
    public <T> T bean(Class<T> type) {
        return server.bean(type);
    }

    /**
     * Whether the memory in this place, 1 being the first, stands whole within the first tokens of the answer's text, as far as
     * it is shown at all.
     */
    boolean isWithin(double tokens, RetrievalQuestion question, int place) {
        clock.set(question.now());
        String text = TestClient.text(client(question.viewer()).call("katra_recall", Map.of("query", question.text())));
        String[] memories = text.split("\n(?=#\\d)", -1);
        String shown = String.join("\n", Arrays.asList(memories).subList(0, place));
        return TokenEstimate.of(shown) <= tokens;
    }

    @Override
    public List<String> find(RetrievalQuestion question) {
        clock.set(question.now());
        return numbers(client(question.viewer()).answer("katra_recall", Map.of("query", question.text())))
                .map(number -> Objects.requireNonNull(keys.get(number), () -> "memory " + number))
                .toList();
    }

    /** The numbers in an answer of the tool, best first. */
    private static Stream<Long> numbers(Map<String, Object> answer) {
        return ((List<?>) Objects.requireNonNull(answer.get("memories")))
                .stream().map(memory -> ((Number) Objects.requireNonNull(((Map<?, ?>) memory).get("number")))
                        .longValue());
    }

    private TestClient client(String viewer) {
        boolean person = server.bean(PersonaService.class).get(viewer).human();
        return clients.computeIfAbsent(person ? GUEST : viewer, name -> TestClient.of(server, name));
    }

    @Override
    public void close() {
        clients.values().forEach(TestClient::close);
        server.close();
    }
}
