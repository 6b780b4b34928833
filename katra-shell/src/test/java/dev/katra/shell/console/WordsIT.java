package dev.katra.shell.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.shell.testing.Program;
import dev.katra.shell.testing.ShortFolder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is typed arrives as it was typed: through bash, the command line, the channel, the store, and back. */
class WordsIT {

    @TempDir(factory = ShortFolder.class)
    static Path folder;

    static Program katra;

    @BeforeAll
    static void prepare() throws Exception {
        katra = new Program(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        katra.stop();
    }

    @Test
    void wordsArriveExactly() throws Exception {
        List<String> words = List.of("two  words", "quote\"s", "it's", "$(x)", "`x`", "", "\\n", "*", "-", "Grüße 🦊");
        String[] command = new String[words.size() + 2];
        command[0] = "say";
        command[1] = "--";
        for (int i = 0; i < words.size(); i++) {
            command[i + 2] = words.get(i);
        }

        katra.out(command);

        assertThat(last("text")).isEqualTo(String.join(" ", words));
    }

    @Test
    void linesAndBlanksArriveExactly() throws Exception {
        katra.out("say", "  one\n\n\ttwo ");
        assertThat(last("text")).isEqualTo("  one\n\n\ttwo ");
    }

    @Test
    void anEmptyTextIsRefused() throws Exception {
        Program.Result result = katra.run("say", "");
        assertThat(result.exit()).as(result.err()).isEqualTo(2);
        assertThat(katra.run("say").exit()).isEqualTo(2);
    }

    @Test
    void exitCodesReachTheShell() throws Exception {
        assertThat(katra.run("nothing").exit()).isEqualTo(2);
        assertThat(katra.run("history", "--limit", "x").exit()).isEqualTo(2);
        assertThat(katra.run("attach", "Nobody").exit()).isEqualTo(3);
        assertThat(katra.run("say", "--to", "Nobody", "x").exit()).isEqualTo(3);
        assertThat(katra.run("help", "say").exit()).isZero();
    }

    @Test
    void dataIsOnOneOutputAndTheRestOnTheOther() throws Exception {
        Program.Result failed = katra.run("history", "--nothing");
        assertThat(failed.out()).isEmpty();
        assertThat(failed.err()).startsWith("katra: katra history has no option --nothing\n\nhint: ");
        Program.Result listed = katra.run("list", "--json");
        assertThat(listed).isEqualTo(new Program.Result(0, "[]\n", ""));
    }

    private static String last(String field) throws Exception {
        JsonNode message = JsonMapper.shared().readTree(katra.out("history", "--limit", "1", "--json"));
        return message.get(field).asString();
    }
}
