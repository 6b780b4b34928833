package dev.katra.shell.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.katra.core.failure.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.shell.core.command.CommandRegistry;

class HelpTests {

    private static final int WIDE = Integer.MAX_VALUE;

    private final CommandRegistry registry = new SampleCommands().registry();

    @Test
    void listsTheCommandsByGroupInTheOrderOfTheGroups() {
        assertThat(Help.of(registry, WIDE)).contains("""

                Sessions
                  launch         Launch something

                Room
                  amend          Take a number and words
                  echo           Print words
                  one            Take one number

                Katra
                  checked        Fail with a checked exception
                  engine status  Say how it is
                """);
    }

    @Test
    void doesNotListHiddenCommands() {
        assertThat(Help.of(registry, WIDE)).doesNotContain("secret");
    }

    @Test
    void explainsOneCommand() {
        assertThat(Help.of(registry, List.of("launch"), WIDE)).isEqualTo("""
                example: katra launch --persona Sam
                usage:   katra launch --persona PERSONA [options] [-- other arguments…]

                Launch something

                  --persona PERSONA  whose
                  -m, --model MODEL  which
                  -b, --background   behind
                  --tag TAG          repeated
                  --port PORT        where

                It says more here.""");
    }

    @Test
    void namesTheArguments() {
        assertThat(Help.of(registry, List.of("one"), WIDE)).startsWith("usage:   katra one NUMBER\n");
        assertThat(Help.of(registry, List.of("echo"), WIDE)).startsWith("usage:   katra echo [options] TEXT…\n");
        assertThat(Help.of(registry, List.of("engine", "stop"), WIDE)).contains("usage:   katra engine stop\n");
    }

    @Test
    void knowsNoHelpOfWhatDoesNotExist() {
        assertThatThrownBy(() -> Help.of(registry, List.of("luanch"), WIDE))
                .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.hint())
                        .hasValueSatisfying(hint -> assertThat(hint).contains("katra launch")));
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 80})
    void fitsTheTerminalAndBreaksBetweenWords(int columns) {
        for (String help : List.of(
                Help.of(registry, columns),
                Help.of(registry, List.of("launch"), columns),
                Help.of(registry, List.of("engine"), columns))) {
            assertThat(help.lines()).allMatch(line -> line.length() <= columns, "at most " + columns);
        }
        assertThat(words(Help.of(registry, columns))).isEqualTo(words(Help.of(registry, WIDE)));
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+"));
    }

    @Test
    void setsParagraphsAndListsAnewWhereTheyAreTooWide() {
        String text = """
                One paragraph of several
                lines is one again.

                --from katra   lines, as katra writes
                               them
                --from others  theirs""";

        assertThat(TextWidth.fillParagraphs(text, 60)).isEqualTo(text);
        assertThat(TextWidth.fillParagraphs(text, 36)).isEqualTo("""
                One paragraph of several lines is
                one again.

                --from katra   lines, as katra
                               writes them
                --from others  theirs""");
    }
}
