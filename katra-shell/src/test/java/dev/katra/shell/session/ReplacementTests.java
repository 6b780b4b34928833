package dev.katra.shell.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.session.Lifetime;
import dev.katra.core.session.ModelSource;
import dev.katra.core.session.Place;
import dev.katra.core.session.Session;
import dev.katra.core.session.SessionClient;
import dev.katra.core.session.SessionProcess;
import dev.katra.core.session.SessionProgress;
import dev.katra.core.session.SessionPurpose;
import dev.katra.core.session.SessionScreen;
import dev.katra.core.session.SessionState;
import dev.katra.core.session.WakePolicy;
import dev.katra.launcher.StartRequest;
import dev.katra.launcher.StartRequest.ClientStart;
import dev.katra.launcher.StartRequest.ModelChoice;
import dev.katra.launcher.StartRequest.Workplace;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReplacementTests {

    @Test
    void whatWasNotAskedForStaysAndIsSaid() {
        Replacement replacement = new Replacement(
                running("zai", "glm", true, Place.TMUX, "/work"), asked(null, "/work"), "deepseek", false);

        StartRequest next = replacement.request();
        assertThat(next.choice().provider()).isEqualTo("zai");
        assertThat(next.choice().model()).isEqualTo("glm");
        assertThat(next.choice().fallback()).isEqualTo("deepseek");
        assertThat(next.workplace().isolated()).isTrue();
        assertThat(next.purpose().wake()).isEqualTo(WakePolicy.ALL);
        assertThat(next.purpose().role()).isEqualTo("tester");
        assertThat(replacement.summary())
                .isEqualTo("replaces the session of Sam on zai (glm), isolated, with a new conversation");
    }

    @Test
    void whatChangesIsSaidToo() {
        Replacement replacement = new Replacement(
                running("zai", "glm", false, Place.TERMINAL, "/old"), asked("openai", "/work"), "deepseek", true);

        assertThat(replacement.request().choice().model()).isNull();
        assertThat(replacement.request().choice().fallback()).isNull();
        assertThat(replacement.request().purpose().wake()).isEqualTo(WakePolicy.DIRECT);
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
                new ModelSource(provider, model, "direct"),
                folder,
                new SessionPurpose("tester", WakePolicy.ALL),
                new SessionClient("conversation", isolated),
                new SessionScreen(place, null, null),
                new SessionProcess(null, null, null),
                new SessionProgress(SessionState.IDLE, now, null, null),
                new Lifetime(now, now, null, null));
    }

    private static StartRequest asked(@Nullable String provider, String folder) {
        return new StartRequest(
                "Sam",
                new ModelChoice(provider),
                new Workplace(Path.of(folder), true, false),
                new SessionPurpose(WakePolicy.DIRECT),
                new ClientStart(null, List.of()),
                true);
    }
}
