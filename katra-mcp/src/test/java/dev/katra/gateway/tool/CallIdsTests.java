package dev.katra.gateway.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.gateway.testing.Histories;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallIdsTests {

    @ParameterizedTest
    @ValueSource(strings = {"call_1", "functions.Bash:0", "äöü", "toolu_k0_x", "a b/c"})
    void anIdComesBackAsItWas(String id) {
        String client = new CallIds().client(id);
        assertThat(client).matches("[a-zA-Z0-9_-]+");
        assertThat(CallIds.upstream(client)).isEqualTo(id);
    }

    @Test
    void noIdIsGivenTwice() {
        var ids = new CallIds();
        assertThat(ids.client("a")).isNotEqualTo(ids.client("a"));
        assertThat(ids.client("")).isNotEqualTo(ids.client(""));
    }

    @Test
    void anIdThatIsTakenIsCountedUpSoThatTheEndpointKnowsItsForm() {
        var ids = CallIds.after(Histories.withCalls("call_9", new CallIds().client("functions.Bash:0"), "a"));
        assertThat(ids.client("call_9")).isEqualTo("call_10");
        assertThat(CallIds.upstream(ids.client("functions.Bash:0"))).isEqualTo("functions.Bash:1");
        assertThat(ids.client("a")).isEqualTo("a_2");
        assertThat(ids.client("a")).isEqualTo("a_3");
    }

    @Test
    void aHistoryInWhichAnIdIsRepeatedGoesOutWithIdsThatDiffer() {
        String encoded = new CallIds().client("functions.Bash:0");
        var used = new HashSet<String>();
        assertThat(CallIds.upstream(encoded, used::add)).isEqualTo("functions.Bash:0");
        assertThat(CallIds.upstream(encoded, used::add)).isEqualTo("functions.Bash:1");
        String long1 = CallIds.upstream("x".repeat(64), used::add);
        String long2 = CallIds.upstream("x".repeat(64), used::add);
        assertThat(long1).hasSize(64).isNotEqualTo(long2);
        assertThat(long2).hasSizeLessThanOrEqualTo(64);
    }

    @Test
    void aLongIdIsShortenedTheSameWayEachTime() {
        String id = "x".repeat(65);
        assertThat(CallIds.upstream(id)).hasSizeLessThanOrEqualTo(64).isEqualTo(CallIds.upstream(id));
        assertThat(CallIds.upstream("x".repeat(64))).hasSize(64).startsWith("xx");
        assertThat(CallIds.upstream(id)).isNotEqualTo(CallIds.upstream(id + "y"));
    }
}
