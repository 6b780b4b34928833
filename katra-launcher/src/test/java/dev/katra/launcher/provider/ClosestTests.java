package dev.katra.launcher.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClosestTests {

    @Test
    void suggestsTheNearest() {
        assertThat(Closest.to("openrooter", Stream.of("openai", "openrouted", "openrouter")))
                .contains("openrouter");
    }

    @Test
    void suggestsNothingFarAway() {
        assertThat(Closest.to("xy", Stream.of("openai", "deepseek"))).isEmpty();
        assertThat(Closest.to("mistral", Stream.of("openai", "deepseek"))).isEmpty();
    }
}
