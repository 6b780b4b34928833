package dev.katra.shell.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.shell.testing.Program;
import dev.katra.shell.testing.Screen;
import dev.katra.shell.testing.ShortFolder;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables and help in real terminals of several widths, in the caller's own process, in the server and in the prompt. */
class WidthIT {

    @TempDir(factory = ShortFolder.class)
    Path folder;

    private Program katra;

    @BeforeEach
    void prepare() throws Exception {
        katra = new Program(folder);
    }

    @AfterEach
    void stop() throws Exception {
        katra.stop();
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 200})
    void theTerminalIsNeverTooNarrow(int columns) throws Exception {
        Screen screen = new Screen(katra, folder, columns);
        try {
            screen.line("katra help; katra providers; echo own process $?");
            fits(screen, "own process 0");
            katra.out("server", "start");
            screen.line("katra help; katra providers; echo server $?");
            fits(screen, "server 0");
            screen.line("katra");
            screen.waitForEnd("katra>");
            screen.line("providers");
            screen.line("version");
            fits(screen, "katra 0.");
        } finally {
            screen.close();
        }
    }

    /** A line that was too long for the terminal is one that tmux gives back whole when asked to join lines. */
    private static void fits(Screen screen, String last) throws Exception {
        screen.waitFor(last);
        assertThat(screen.text()).contains("deepseek");
        assertThat(screen.wrapped()).isEmpty();
        screen.clear();
    }

    @Test
    void aPipeGetsTheWholeTable() throws Exception {
        Screen screen = new Screen(katra, folder, 60);
        try {
            screen.line("katra providers | grep -c generativelanguage.googleapis.com; echo done $?");
            screen.waitFor("done 0");
            assertThat(screen.text()).contains("\n1\n");
        } finally {
            screen.close();
        }
    }
}
