package dev.katra.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClosestTests {

    private static final List<String> KNOWN =
            List.of("list", "start", "stop", "say", "search", "providers", "openai", "openrouted", "openrouter");

    @ParameterizedTest
    @CsvSource({
        "lsit, list",
        "LIST, list",
        "lst, list",
        "strat, start",
        "sotp, stop",
        "sya, say",
        "serach, search",
        "openrooter, openrouter",
        "provider, providers",
        "prov, providers"
    })
    void suggestsWhatWasProbablyMeant(String typed, String meant) {
        assertThat(Closest.to(typed, KNOWN)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "xy", "mistral", "st", "open", "zzzzzz"})
    void suggestsNothingThatIsFarOrCouldBeTwo(String typed) {
        assertThat(Closest.to(typed, KNOWN)).isEmpty();
    }

    @Test
    void aLongWordMayDifferInTwoLettersAndNoMore() {
        assertThat(Closest.to("the-customers-shop-worktree-ab", List.of("the-customers-shop-worktree-xy")))
                .isPresent();
        assertThat(Closest.to("the-customers-shop-worktree-abc", List.of("the-customers-shop-worktree-xyz")))
                .isEmpty();
    }

    @Test
    void ordersByDistanceAndThenByName() {
        assertThat(Closest.byDistance("sam", List.of("Zoe", "Pam", "Sam", "Ham", "Sam")))
                .containsExactly("Sam", "Ham", "Pam", "Zoe");
    }

    @ParameterizedTest
    @CsvSource({"a, a, 0", "ab, ba, 1", "lsit, list, 1", "kitten, sitting, 3", "'', abc, 3", "ca, abc, 3"})
    void countsASwapAsOne(String left, String right, int distance) {
        assertThat(Closest.distance(left, right)).isEqualTo(distance);
        assertThat(Closest.distance(right, left)).isEqualTo(distance);
    }

    @Test
    void aTextIsNoName() {
        assertThat(Closest.to("x".repeat(10_000_000), KNOWN)).isEmpty();
    }
}
