package dev.katra.shell.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.katra.shell.testing.Program;
import dev.katra.shell.testing.Screen;
import dev.katra.shell.testing.ShortFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
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

        screen.key("C-d");
        screen.waitForEnd("shell$");
    }

    @Test
    void anOpenQuoteSendsNothing() throws Exception {
        screen.line("katra");
        screen.waitForEnd(PROMPT);

        screen.line("say \"unclosed");
        screen.waitFor("katra: a quote is open, and nothing was done");
        screen.line("katra history"); // a command, not the rest of the text
        screen.line("?");
        screen.waitFor("katra COMMAND --help says more");

        assertThat(katra.out("history")).isEmpty();
    }

    @Test
    void controlCOnAHalfLineLeavesTheExitCode() throws Exception {
        screen.line("katra");
        screen.waitForEnd(PROMPT);
        screen.line("version");
        screen.waitFor("katra 0.");
        screen.type("half a line");
        screen.key("C-c");
        screen.waitForEnd(PROMPT);
        screen.key("C-d");
        screen.waitForEnd("shell$");
        screen.line("echo code $?");
        screen.waitFor("code 0");
    }

    @Test
    void takesCommandsFromAPipe() throws Exception {
        screen.line("printf 'version\\nlsit\\n' | katra; echo code $?");
        screen.waitFor("code 2");

        assertThat(screen.text()).contains("katra 0.", "did you mean katra list?");
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
    void whatControlCLeavesOfAStartIsSaid() throws Exception {
        Path claude = Files.writeString(folder.resolve("claude"), "#!/bin/sh\nexec sleep 600\n");
        Files.setPosixFilePermissions(claude, PosixFilePermissions.fromString("rwx------"));
        katra.environment().put("KATRA_CLAUDE", claude.toString());
        screen.close();
        screen = new Screen(katra, folder);

        screen.line("katra start Sam --provider demo --isolated -b");
        screen.waitFor("Sam starts in tmux session katra-Sam; Ctrl-C leaves it there, and katra stop Sam ends it");
        screen.key("C-c");
        screen.waitForEnd("shell$");
        screen.line("echo code $?");
        screen.waitFor("code 130");

        assertThat(katra.out("list", "--json")).contains("\"persona\":\"Sam\"", "\"state\":\"starting\"");
        assertThat(katra.out("stop", "Sam")).isEqualTo("stopped Sam\n");
        assertThat(katra.out("list", "--json")).isEqualTo("[]\n");
    }

    @Test
    void removingAPersonaSaysWhatItTouchesAndAsks() throws Exception {
        katra.out("say", "--as", "Bob", "one of Bob");
        katra.out("say", "--to", "Bob", "for Bob");
        String before = katra.out("persona", "list", "--json");
        for (String no : List.of("n", "", "yess")) {
            screen.line("katra persona remove Bob");
            screen.waitForEnd("Remove it? [y/N]");
            assertThat(screen.text())
                    .contains(
                            "Removing Bob deletes 1 unread message, 0 private memories.",
                            "What it has said and written for all stays, under its name: 1 message, 0 memories.");
            screen.line(no);
            screen.waitFor("katra: nothing is removed");
            screen.waitForEnd("shell$");
            screen.clear();
        }
        screen.line("katra persona remove Bob");
        screen.waitForEnd("Remove it? [y/N]");
        screen.key("C-d");
        screen.waitFor("katra: nothing is removed");
        screen.waitForEnd("shell$");
        assertThat(katra.out("persona", "list", "--json")).isEqualTo(before);

        screen.clear();
        screen.line("katra persona remove Bob");
        screen.waitForEnd("Remove it? [y/N]");
        screen.line("yes");
        screen.waitFor("removed Bob");
        assertThat(katra.out("persona", "list", "--json")).doesNotContain("Bob");
        assertThat(katra.out("history")).contains("one of Bob");
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
