package dev.katra.shell.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.katra.gateway.mock.Answer;
import dev.katra.gateway.mock.MockUpstream;
import dev.katra.gateway.mock.ModelInput;
import dev.katra.shell.server.ServerFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Three sessions of the real Claude Code on three routes, with tool calls and on the gateway with sub-agents, use exactly
 * what their endpoints have served, though the server is killed twice and a session once.
 */
@Timeout(300)
class CountingIT {

    /** The number of tool calls of a session's turn. */
    private static final int CALLS = Integer.getInteger("katra.usage.calls", 20);

    /** The calls that last for a while, in which the server is killed. */
    private static final int FIRST_PAUSE = 4;

    private static final int SECOND_PAUSE = 9;

    /** The call that lasts for a while, in which the session is killed. */
    private static final int THIRD_PAUSE = 13;

    /** The tool by which a sub-agent reports; one that does not is asked again, and then cut off within an answer. */
    private static final String HANDBACK = "SubagentHandback";

    @RegisterExtension
    static final KatraWorld world = new KatraWorld();

    /** The time in which a session gets through a turn's calls, the client's retries after a kill included. */
    private static final Duration PATIENCE = KatraWorld.PATIENCE.multipliedBy(2);

    private static final Map<String, MockUpstream> ENDPOINTS = new TreeMap<>();

    private int round;

    @BeforeAll
    static void serve() {
        ENDPOINTS.put("openai", MockUpstream.start().answering(CountingIT::answer));
        ENDPOINTS.put("deepseek", MockUpstream.start().answering(CountingIT::answer));
        ENDPOINTS.put("anthropic", MockUpstream.start().answering(asked -> answer(asked)
                .header("request-id", "req_" + UUID.randomUUID())));
        world.export("OPENAI_API_KEY", "sk-openai-counting");
        world.export("KATRA_OPENAI_ENDPOINT", endpoint("openai").url());
        world.export("DEEPSEEK_API_KEY", "sk-deepseek-counting");
        world.export("KATRA_DEEPSEEK_ANTHROPIC_ENDPOINT", endpoint("deepseek").anthropicUrl());
        world.export("ANTHROPIC_API_KEY", "sk-ant-counting");
        world.export("KATRA_ANTHROPIC_ENDPOINT", endpoint("anthropic").anthropicUrl());
    }

    @AfterAll
    static void end() {
        ENDPOINTS.values().forEach(MockUpstream::close);
    }

    /** A model that calls tools one after the other, a sub-agent among them. */
    private static Answer answer(ModelInput asked) {
        if (asked.offers(HANDBACK) && asked.results().isEmpty()) {
            return Answer.tool(HANDBACK, "{\"message\":\"that is all\"}");
        }
        if (!AutoMode.isOwn(asked)) {
            return Answer.text("that is all");
        }
        int done = asked.results().size();
        if (done == 2) {
            return Answer.tool(
                    "Agent",
                    "{\"description\":\"look\",\"prompt\":\"look\",\"subagent_type\":\"general-purpose\","
                            + "\"run_in_background\":false}");
        }
        if (done >= CALLS) {
            return Answer.text("done");
        }
        boolean pauses = done == FIRST_PAUSE || done == SECOND_PAUSE || done == THIRD_PAUSE;
        return Answer.tool(
                "Bash",
                "{\"command\":\"" + (pauses ? "sleep 10; ls" : "ls")
                        + "\",\"description\":\"look\",\"timeout\":60000}");
    }

    @Test
    void isExact() {
        count();
    }

    @Tag("long")
    @RepeatedTest(20)
    void isExactTwentyTimes() {
        count();
    }

    private void count() {
        round++;
        Map<String, String> personas = Map.of("openai", "Sam", "deepseek", "Charlie", "anthropic", "Ann");
        Map<String, Integer> before = new TreeMap<>();
        ENDPOINTS
                .keySet()
                .forEach(provider -> before.put(provider, (int) told(provider).count()));
        world.start("Sam", "openai", "work");
        world.start("Charlie", "deepseek", "work", "--route", "gateway");
        world.start("Ann", "anthropic", "work", "--route", "direct");
        for (int pause : List.of(FIRST_PAUSE, SECOND_PAUSE)) {
            awaitCalls(before, pause + 1);
            awaitSilence();
            killServer();
            world.done("list");
        }
        awaitCalls(before, THIRD_PAUSE + 1);
        awaitSilence();
        kill(world.session("Ann").path("pid").asLong());
        await("the end of Ann").atMost(PATIENCE).until(() -> world.list().size() == 2);
        for (String persona : List.of("Sam", "Charlie")) {
            await(persona + " to be idle")
                    .atMost(PATIENCE)
                    .until(() ->
                            world.session(persona).path("state").asString("").equals("idle"));
        }
        awaitSilence(); // an idle session may still ask for something of its own, such as a suggestion
        world.done("stop", "--all");

        personas.forEach((provider, persona) -> {
            long served = told(provider).skip(before.getOrDefault(provider, 0)).count();
            JsonNode usage = world.usage(persona).get(0);
            assertThat(usage.path("usage").path("requests").asLong())
                    .as(() -> persona + " in round " + round + ": " + usage)
                    .isEqualTo(served);
            assertThat(usage.path("usage").path("inputTokens").asLong())
                    .as(() -> persona + " in round " + round + ": " + usage)
                    .isEqualTo(120L * served);
            assertThat(usage.path("usage").path("outputTokens").asLong()).isEqualTo(30L * served);
            List<String> purposes = new ArrayList<>();
            usage.path("models")
                    .forEach(model -> purposes.add(model.path("purpose").asString("")));
            if (provider.equals("anthropic")) { // where nobody but Anthropic itself lets a sub-agent begin
                assertThat(purposes).contains("conversation");
            } else {
                assertThat(purposes).contains("conversation", "sub-agent");
            }
            assertThat(usage.path("usage").path("meanFirstTokenSeconds").asDouble())
                    .isPositive();
            assertThat(usage.path("source").asString(""))
                    .isEqualTo(provider.equals("anthropic") ? "reported" : "counted");
        });
        JsonNode days = JsonMapper.shared().readTree(world.done("usage", "--by", "day", "--json"));
        assertThat(days.path("total").path("requests").asLong()).isEqualTo(asked());
    }

    /** Waits until every session has been asked for this many tool calls since its start. */
    private static void awaitCalls(Map<String, Integer> before, int calls) {
        ENDPOINTS.keySet().forEach(provider -> await(provider + " to ask for " + calls + " calls")
                .atMost(PATIENCE)
                .until(() -> told(provider)
                        .skip(before.getOrDefault(provider, 0))
                        .filter(AutoMode::isOwn)
                        .anyMatch(asked -> asked.results().size() >= calls - 1)));
    }

    /** Waits until no request is under way, which nobody could count: every session is within the call that lasts. */
    private static void awaitSilence() {
        AtomicLong before = new AtomicLong(-1);
        await("the sessions to be within their calls")
                .atMost(PATIENCE)
                .during(Duration.ofSeconds(2))
                .until(() -> {
                    long asked = asked();
                    return before.getAndSet(asked) == asked;
                });
    }

    private static long asked() {
        return ENDPOINTS.keySet().stream().flatMap(CountingIT::told).count();
    }

    /**
     * What an endpoint was asked, without what the client tells of nowhere and the gateway does not see: its own checks in
     * auto mode on the route direct.
     */
    private static Stream<ModelInput> told(String provider) {
        return endpoint(provider).asked().stream()
                .filter(asked -> !provider.equals("anthropic") || !AutoMode.isOwnCheck(asked));
    }

    private static void killServer() {
        kill(ServerFile.read(world.home()).orElseThrow().pid());
    }

    private static void kill(long pid) {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        process.destroyForcibly();
        await("the end of " + pid).atMost(PATIENCE).until(() -> ProcessTable.commandLine(pid)
                .isEmpty());
    }

    private static MockUpstream endpoint(String provider) {
        return Objects.requireNonNull(ENDPOINTS.get(provider));
    }
}
