package dev.katra.shell.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.katra.shell.testing.Program;
import dev.katra.shell.testing.Screen;
import dev.katra.shell.testing.ShortFolder;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The prompt and the shell in a real terminal. */
class PromptIT {

    private static final String PROMPT = "katra>";

    @TempDir(factory = ShortFolder.class)
    Path folder;

    private Program katra;
    private Screen screen;

    @BeforeEach
    void prepare() throws Exception {
        katra = new Program(folder);
        screen = new Screen(katra, folder);
    }

    @AfterEach
    void close() throws Exception {
        screen.close();
        katra.stop();
    }

    @Test
    void runsCommandsAndGoesOnAfterOneThatFails() throws Exception {
        screen.line("katra");
        screen.waitForEnd(PROMPT);

        screen.line("help");
        screen.waitFor("katra COMMAND --help says more");
        screen.clear();
        screen.line("history --nothing");
        screen.waitFor("katra: katra history has no option --nothing");
        screen.line("");
        screen.line("version");
        screen.waitFor("katra 0.");

        screen.line("say 'two  words' \"it's\" a\\ b");
        screen.waitFor("said as message 1");
        assertThat(katra.out("history", "--json")).contains("\"two  words it's a b\"");

        screen.type("half a line");
        screen.key("C-c");
        screen.waitForEnd(PROMPT);
        screen.line("attach Nobody ");
        screen.waitFor("katra: ");
        screen.line("exit");
        screen.waitForEnd("shell$");
        screen.line("echo code $?");
        screen.waitFor("code 3");
    }

    @Test
    void completesCommandsOptionsProvidersAndPersonas() throws Exception {
        katra.out("say", "--as", "Adelheid", "hello");
        screen.line("katra");
        screen.waitForEnd(PROMPT);

        screen.type("histo");
        screen.key("Tab");
        screen.waitForEnd(PROMPT + " history");
        screen.type("--rec");
        screen.key("Tab");
        screen.waitForEnd(PROMPT + " history --receipts");
        screen.type("--with Ade");
        screen.key("Tab");
        screen.waitForEnd("--with Adelheid");
        screen.key("Enter");
        screen.waitFor("Adelheid (human): hello");

        screen.type("start --provider deeps");
        screen.key("Tab");
        screen.waitForEnd(PROMPT + " start --provider deepseek");
        screen.key("C-u");
        screen.type("server stat");
        screen.key("Tab");
        screen.waitForEnd(PROMPT + " server status");
        screen.key("C-u");
        screen.type("attach Ade");
        screen.key("Tab");
        screen.waitForEnd(PROMPT + " attach Adelheid");
        screen.key("C-u");

        screen.key("C-d");
        screen.waitForEnd("shell$");
    }

    @Test
    void remembersItsHistory() throws Exception {
        screen.line("katra");
        screen.waitForEnd(PROMPT);
        screen.line("version");
        screen.waitFor("katra 0.");
        screen.line("exit");
        screen.waitForEnd("shell$");
        screen.line("clear; katra");
        screen.waitForEnd(PROMPT);

        screen.key("Up");
        screen.waitForEnd(PROMPT + " exit");
        screen.key("Up");
        screen.waitForEnd(PROMPT + " version");
    }

    @Test
    void controlCEndsTheCommandAndNotTheServerThatItStarted() throws Exception {
        screen.line("katra hear --follow");
        await().atMost(60, TimeUnit.SECONDS)
                .until(() -> katra.run("server", "status").exit() == 0);
        ProcessHandle server = katra.server();

        screen.key("C-c");
        screen.waitForEnd("shell$");
        screen.line("echo code $?");
        screen.waitFor("code 130");

        assertThat(katra.server()).isEqualTo(server);
        katra.out("say", "--as", "Bob", "after");
        assertThat(katra.out("hear")).as("who left has received nothing").contains("after");
    }

    @Test
    void controlCEndsTheCommandAndNotThePrompt() throws Exception {
        screen.line("katra");
        screen.waitForEnd(PROMPT);
        screen.line("hear --follow");
        await().atMost(60, TimeUnit.SECONDS)
                .until(() -> katra.run("server", "status").exit() == 0);
        katra.out("say", "--as", "Bob", "one of Bob");
        screen.waitFor("one of Bob");
        katra.out("say", "--as", "Bob", "two of Bob"); // which a program of its own prints
        screen.waitFor("two of Bob");
        screen.key("C-c");
        screen.waitForEnd(PROMPT);
        screen.clear();

        screen.line("server logs --follow --lines 0");
        screen.waitFor("lines 0");
        screen.key("C-c");
        screen.waitForEnd(PROMPT);
        screen.line("version");
        screen.waitFor("katra 0.");
        screen.line("exit");
        screen.waitForEnd("shell$");
    }
}
