package dev.katra.launcher.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClosestTests {

    @ParameterizedTest
    @CsvSource({
        "'', '', 0",
        "abc, abc, 0",
        "abc, '', 3",
        "'', abc, 3",
        "abc, acb, 1",
        "abc, abd, 1",
        "kitten, sitting, 3"
    })
    void countsEditsAndSwaps(String one, String other, int distance) {
        assertThat(Closest.distance(one, other)).isEqualTo(distance);
    }

    @Test
    void suggestsTheNearestOrNothing() {
        assertThat(Closest.to("deepsek", Stream.of("openai", "deepseek"))).contains("deepseek");
        assertThat(Closest.to("xy", Stream.of("openai", "deepseek"))).isEmpty();
    }
}
