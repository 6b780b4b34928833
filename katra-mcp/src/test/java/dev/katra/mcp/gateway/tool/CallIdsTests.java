package dev.katra.mcp.gateway.tool;

import static org.assertj.core.api.Assertions.assertThat;

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
    void aLongIdIsShortenedTheSameWayEachTime() {
        String id = "x".repeat(65);
        assertThat(CallIds.upstream(id)).hasSizeLessThanOrEqualTo(64).isEqualTo(CallIds.upstream(id));
        assertThat(CallIds.upstream("x".repeat(64))).hasSize(64).startsWith("xx");
        assertThat(CallIds.upstream(id)).isNotEqualTo(CallIds.upstream(id + "y"));
    }
}
