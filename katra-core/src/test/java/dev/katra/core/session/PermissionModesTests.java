package dev.katra.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PermissionModesTests {

    private final SessionWatch watch = new SessionWatch();
    private final PermissionModes modes = new PermissionModes(watch);

    @Test
    void theLastReportCountsAndAnEmptyOneSaysNothing() {
        assertThat(modes.of(1)).isEmpty();

        modes.noteMode(1, "auto");
        modes.noteMode(1, "plan");
        modes.noteMode(1, "");

        assertThat(modes.of(1)).contains("plan");
    }

    @Test
    void theModeOfASessionIsForgottenWhenThatEnds() {
        for (long session = 0; session < 5000; session++) {
            modes.noteMode(session, "auto");
        }
        watch.notifyEnded(0);
        modes.noteMode(0, "auto");

        assertThat(modes.of(0)).isEmpty();
        assertThat(modes.of(4999)).contains("auto");
    }
}
