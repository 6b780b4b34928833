package dev.katra.core.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.katra.core.failure.Failure;
import org.junit.jupiter.api.Test;

class QuirksTests {

    @Test
    void readsNamesAndLimits() {
        Quirks quirks = Quirks.parse("gemini-schema, max-tools=64,max-description=1024", "low,none");
        assertThat(quirks.flags()).containsExactly(Quirk.GEMINI_SCHEMA);
        assertThat(quirks.efforts()).containsExactly(Effort.NONE, Effort.LOW);
        assertThat(quirks.toolLimit()).isEqualTo(64);
        assertThat(quirks.descriptionLimit()).isEqualTo(1024);
    }

    @Test
    void namesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> Quirks.parse("gemini-schemas", "")).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.text()).contains("gemini-schemas");
            assertThat(failure.hint())
                    .hasValueSatisfying(hint -> assertThat(hint).contains("gemini-schema", "max-tools=N"));
        });
        assertThatThrownBy(() -> Quirks.parse("max-tools=many", "")).hasMessageContaining("max-tools=many");
        assertThatThrownBy(() -> Quirks.parse("", "highest")).hasMessageContaining("highest");
    }
}
