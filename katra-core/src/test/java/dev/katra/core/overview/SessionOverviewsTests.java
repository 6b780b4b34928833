package dev.katra.core.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.katra.core.persona.Actor;
import dev.katra.core.room.NewMessage;
import dev.katra.core.session.PermissionModes;
import dev.katra.core.testing.TestStore;
import dev.katra.core.usage.Usage;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionOverviewsTests {

    @TempDir
    Path folder;

    @Test
    void aLiveSessionIsShownWithWhatOthersKnowOfIt() {
        try (TestStore store = TestStore.open(folder)) {
            Actor dario = store.session("Dario");
            Actor sam = store.session("Sam");
            long session = Objects.requireNonNull(sam.sessionId());
            store.room().say(dario, NewMessage.to(List.of("Sam"), "hello"), null);
            store.bean(PermissionModes.class).noteMode(session, "plan");

            List<SessionOverview> all = store.bean(SessionOverviews.class).all();

            assertThat(all)
                    .extracting(each -> each.persona().name(), SessionOverview::unread, SessionOverview::permissionMode)
                    .containsExactlyInAnyOrder(tuple("Dario", 0, null), tuple("Sam", 1, "plan"));
            assertThat(all).allSatisfy(each -> {
                assertThat(each.turns().used()).isZero();
                assertThat(each.unreachable()).isFalse();
                assertThat(each.usage()).isEqualTo(Usage.NONE);
            });
            store.sessions().end(session, "stopped");
            assertThat(store.bean(SessionOverviews.class).all()).hasSize(1);
        }
    }
}
