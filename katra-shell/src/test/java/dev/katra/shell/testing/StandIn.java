package dev.katra.shell.testing;

import dev.katra.core.session.ClaimedSession;
import dev.katra.core.session.ModelSource;
import dev.katra.core.session.Place;
import dev.katra.core.session.SessionClaim;
import dev.katra.core.session.SessionClient;
import dev.katra.core.session.SessionEndpoint;
import dev.katra.core.session.SessionPurpose;
import dev.katra.core.session.WakePolicy;
import dev.katra.core.testing.TestStore;
import dev.katra.core.upstream.Upstream;
import dev.katra.launcher.process.LiveProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A session without a client of its own.
 *
 * @param id the session's
 * @param process stands for it; ends after an hour, if nobody ends it before
 * @param token what it would have
 */
public record StandIn(long id, Process process, String token) {

    /** Begins one in a store that no server has open. */
    public static StandIn begin(TestStore store, String persona, Path folder, WakePolicy wake) throws IOException {
        return begin(store, persona, folder, wake, null);
    }

    /** Begins one that is behind the gateway if an endpoint is given. */
    public static StandIn begin(
            TestStore store, String persona, Path folder, WakePolicy wake, @Nullable Upstream upstream)
            throws IOException {
        ClaimedSession claimed = store.sessions()
                .claim(new SessionClaim(
                        persona,
                        new ModelSource("demo", null, upstream == null ? "direct" : "gateway"),
                        Place.TERMINAL,
                        folder,
                        new SessionPurpose(wake),
                        new SessionClient(UUID.randomUUID().toString(), false),
                        SessionEndpoint.of(upstream)));
        Process process = new ProcessBuilder("sleep", "3600").start();
        LiveProcess live = LiveProcess.of(process.pid()).orElseThrow();
        long id = claimed.session().id();
        store.sessions().recordProcess(id, live.pid(), live.mark(), null, null);
        return new StandIn(id, process, claimed.token());
    }
}
