package dev.katra.shell.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.session.Place;
import dev.katra.core.session.Session;
import dev.katra.core.session.SessionState;
import dev.katra.core.session.WakePolicy;
import dev.katra.launcher.StartRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReplacementTests {

    @Test
    void whatWasNotAskedForStaysAndIsSaid() {
        Replacement replacement =
                new Replacement(running("zai", "glm", true, Place.TMUX, "/work"), asked(null, "/work"), false);

        StartRequest next = replacement.request();
        assertThat(next.provider()).isEqualTo("zai");
        assertThat(next.model()).isEqualTo("glm");
        assertThat(next.isolated()).isTrue();
        assertThat(next.wake()).isEqualTo(WakePolicy.ALL);
        assertThat(next.role()).isEqualTo("tester");
        assertThat(replacement.summary())
                .isEqualTo("replaces the session of Sam on zai (glm), isolated, with a new conversation");
    }

    @Test
    void whatChangesIsSaidToo() {
        Replacement replacement =
                new Replacement(running("zai", "glm", false, Place.TERMINAL, "/old"), asked("openai", "/work"), true);

        assertThat(replacement.request().model()).isNull();
        assertThat(replacement.request().wake()).isEqualTo(WakePolicy.DIRECT);
        assertThat(replacement.summary())
                .endsWith("; provider zai becomes openai; model glm becomes of the provider's choice;"
                        + " folder /old becomes /work; place terminal becomes tmux");
    }

    private static Session running(
            String provider, @Nullable String model, boolean isolated, Place place, String folder) {
        Instant now = Instant.parse("2026-11-23T12:00:00Z");
        return new Session(
                7,
                "uid",
                1,
                "hash",
                provider,
                model,
                "direct",
                place,
                null,
                null,
                folder,
                "tester",
                isolated,
                WakePolicy.ALL,
                "conversation",
                SessionState.IDLE,
                null,
                null,
                now,
                now,
                now,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static StartRequest asked(@Nullable String provider, String folder) {
        return new StartRequest(
                "Sam",
                provider,
                null,
                null,
                true,
                Path.of(folder),
                null,
                false,
                WakePolicy.DIRECT,
                null,
                true,
                false,
                null,
                List.of());
    }
}
