package dev.katra.shell.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A shell in a real terminal: a tmux of the test's own, which is typed into and read. */
public final class Screen {

    private static final String SHELL = "PS1='shell$ ' HISTFILE= exec bash --noprofile --norc";

    private final Program katra;
    private final Path folder;
    private final String socket = "katra-test-" + UUID.randomUUID();

    /** A shell in the program's environment; {@code katra} is on its path. */
    public Screen(Program katra, Path folder) throws Exception {
        this(katra, folder, 150);
    }

    /** The same of another width. */
    public Screen(Program katra, Path folder, int columns) throws Exception {
        this.katra = katra;
        this.folder = folder;
        katra.environment().put("TMUX_TMPDIR", folder.toString());
        katra.environment()
                .put(
                        "PATH",
                        Program.katra().getParent() + ":" + katra.environment().get("PATH"));
        tmux("-f", "/dev/null", "new-session", "-d", "-x", String.valueOf(columns), "-y", "90", SHELL);
        waitFor("shell$");
    }

    /** Types text and Enter. */
    public void line(String text) throws Exception {
        type(text);
        key("Enter");
    }

    /** Types text. */
    public void type(String text) throws Exception {
        tmux("send-keys", "-l", "--", text);
    }

    /** Presses a key, by tmux's name for it. */
    public void key(String name) throws Exception {
        tmux("send-keys", name);
    }

    /** Empties the screen, so that {@link #waitFor} sees only what comes from here on. */
    public void clear() throws Exception {
        key("C-l");
        tmux("clear-history");
    }

    /** What is on the screen, without blank lines at its end. */
    public String text() throws Exception {
        return tmux("capture-pane", "-p").stripTrailing();
    }

    /** The lines on the screen that were too long for it, without what was typed. */
    public List<String> wrapped() throws Exception {
        List<String> shown = text().lines().toList();
        return tmux("capture-pane", "-p", "-J")
                .lines()
                .map(String::stripTrailing)
                .filter(line -> !line.isEmpty() && !shown.contains(line) && !line.startsWith("shell$"))
                .toList();
    }

    /** Waits until this text is on the screen. */
    public void waitFor(String text) {
        await().alias("\"" + text + "\" on the screen")
                .atMost(60, TimeUnit.SECONDS)
                .pollInterval(100, TimeUnit.MILLISECONDS)
                .untilAsserted(() -> assertThat(text()).contains(text));
    }

    /** Waits until the screen ends with this text, blanks at its end aside. */
    public void waitForEnd(String text) {
        await().alias("\"" + text + "\" at the end of the screen")
                .atMost(60, TimeUnit.SECONDS)
                .pollInterval(100, TimeUnit.MILLISECONDS)
                .untilAsserted(() -> assertThat(text()).endsWith(text.stripTrailing()));
    }

    /** Ends the terminal. To be called at the end of every test. */
    public void close() throws Exception {
        tmux("kill-server");
    }

    private String tmux(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("tmux", "-L", socket));
        command.addAll(List.of(words));
        Process tmux = katra.start(
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true));
        String out = new String(tmux.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tmux.waitFor()).as("%s: %s", command, out).isZero();
        return out;
    }
}
