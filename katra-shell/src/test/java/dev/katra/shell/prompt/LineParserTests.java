package dev.katra.shell.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.katra.core.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineParserTests {

    @Test
    void quotesAndBackslashesAreAsInAShell() {
        assertThat(LineParser.words("say 'two  words' \"it's\" a\\ b"))
                .containsExactly("say", "two  words", "it's", "a b");
        assertThat(LineParser.words("attach Nobody ")).containsExactly("attach", "Nobody");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "# list", "  # say hello"})
    void anEmptyLineAndACommentAreNoCommand(String line) {
        assertThat(LineParser.words(line)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"katra list --json", "./katra list --json", "/opt/katra/katra list --json", "list --json"})
    void theProgramsNameInFrontIsTakenAsTheHintsPrintIt(String line) {
        assertThat(LineParser.words(line)).containsExactly("list", "--json");
    }

    @Test
    void theProgramsNameAloneIsTheHelp() {
        assertThat(LineParser.words("katra")).containsExactly("help");
        assertThat(LineParser.words("say katra")).containsExactly("say", "katra");
    }

    @ParameterizedTest
    @ValueSource(strings = {"say \"unclosed", "say 'unclosed", "say it's done", "say \"a\" 'b \" c", "katra say \"x"})
    void anOpenQuoteIsNoCommand(String line) {
        assertThatThrownBy(() -> LineParser.words(line)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.text()).isEqualTo("a quote is open, and nothing was done");
            assertThat(failure.hint()).isPresent();
        });
    }
}
