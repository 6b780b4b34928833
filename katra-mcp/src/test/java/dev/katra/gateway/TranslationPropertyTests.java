package dev.katra.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.upstream.Quirk;
import dev.katra.gateway.chat.ChatCodec;
import dev.katra.gateway.codec.Codec;
import dev.katra.gateway.mock.ChatJudge;
import dev.katra.gateway.mock.ResponsesJudge;
import dev.katra.gateway.request.MessagesRequest;
import dev.katra.gateway.request.RequestReader;
import dev.katra.gateway.responses.ResponsesCodec;
import dev.katra.gateway.testing.Gateway;
import dev.katra.gateway.testing.Histories;
import dev.katra.gateway.testing.Targets;
import dev.katra.gateway.testing.Upstream;
import dev.katra.gateway.tool.ToolNames;
import dev.katra.gateway.upstream.Target;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What holds for any history and any stream; each round says with which seed it failed. */
class TranslationPropertyTests {

    private static final int ROUNDS = 800;
    private static final Codec CHAT = new ChatCodec();
    private static final Codec RESPONSES = new ResponsesCodec();

    @Test
    void anyHistoryBecomesOneThatAStrictEndpointAccepts() {
        for (int seed = 0; seed < ROUNDS; seed++) {
            accepted(seed, Histories.legal(new Random(seed)));
            accepted(seed, Histories.broken(new Random(seed)));
        }
    }

    private static void accepted(int seed, JsonNode history) {
        Target target = target(new Random(seed));
        MessagesRequest request = RequestReader.read(history);
        try {
            ChatJudge.accept(CHAT.encode(request, target).body());
            ResponsesJudge.accept(RESPONSES.encode(request, target).body());
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + history, e);
        }
    }

    private static Target target(Random random) {
        Target target = random.nextBoolean() ? Targets.plain() : Targets.reasoning();
        for (Quirk quirk : Quirk.values()) {
            boolean ofTheJudges = quirk == Quirk.THINKING_FIELD || quirk == Quirk.REASONING_CONTENT;
            if (!ofTheJudges && random.nextInt(4) == 0) {
                target = target.with(target.quirks().with(quirk));
            }
        }
        return target;
    }

    @Test
    void resultsOfALegalHistoryAreNeverLost() {
        for (int seed = 0; seed < ROUNDS; seed++) {
            JsonNode body = CHAT.encode(RequestReader.read(Histories.legal(new Random(seed))), Targets.plain())
                    .body();
            assertThat(body.toString())
                    .as("seed %d", seed)
                    .doesNotContain("no result: interrupted", "earlier tool call");
        }
    }

    @Test
    void anyCutOfAStreamGivesTheSameMessage() {
        for (int seed = 0; seed < ROUNDS / 4; seed++) {
            var random = new Random(seed);
            Upstream answer = Upstream.random(random);
            received(seed, answer, CHAT, answer.chat(), random);
            received(seed, answer, RESPONSES, answer.responses(), random);
        }
    }

    private static void received(int seed, Upstream answer, Codec codec, String stream, Random random) {
        try {
            Target target = Targets.reasoning();
            JsonNode whole =
                    Gateway.stream(codec, target, new ToolNames(), stream).message();
            says(answer, whole);
            for (int most : new int[] {1, 7, 60}) {
                JsonNode cut = Gateway.stream(codec, target, new ToolNames(), stream, () -> 1 + random.nextInt(most))
                        .message();
                assertThat(without(cut, "id")).isEqualTo(without(whole, "id"));
            }
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + stream, e);
        }
    }

    private static JsonNode without(JsonNode message, String field) {
        return ((ObjectNode) message.deepCopy()).without(field);
    }

    private static void says(Upstream answer, JsonNode message) {
        var thinking = new StringBuilder();
        var text = new StringBuilder();
        int call = 0;
        for (JsonNode block : message.path("content")) {
            thinking.append(block.path("thinking").asString(""));
            text.append(block.path("text").asString(""));
            if (block.path("type").asString("").equals("tool_use")) {
                assertThat(block.path("name").asString("")).isEqualTo("tool_" + call);
                assertThat(block.path("id").asString("")).isEqualTo("call_" + call);
                assertThat(block.path("input")).isEqualTo(answer.calls().get(call++));
            }
        }
        assertThat(thinking.toString()).isEqualTo(answer.thinking());
        assertThat(text.toString()).isEqualTo(answer.text());
        assertThat(call).isEqualTo(answer.calls().size());
    }
}
