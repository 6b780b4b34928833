package dev.katra.shell.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.katra.core.failure.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.shell.core.command.CommandRegistry;

class HelpTests {

    private final CommandRegistry registry = new SampleCommands().registry();

    @Test
    void listsTheCommandsByGroupInTheOrderOfTheGroups() {
        assertThat(Help.of(registry)).contains("""

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
        assertThat(Help.of(registry)).doesNotContain("secret");
    }

    @Test
    void explainsOneCommand() {
        assertThat(Help.of(registry, List.of("launch"))).isEqualTo("""
                usage: katra launch --persona PERSONA [options] [-- other arguments…]

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
        assertThat(Help.of(registry, List.of("one"))).startsWith("usage: katra one NUMBER\n");
        assertThat(Help.of(registry, List.of("echo"))).startsWith("usage: katra echo [options] TEXT…\n");
        assertThat(Help.of(registry, List.of("engine", "stop"))).startsWith("usage: katra engine stop\n");
    }

    @Test
    void knowsNoHelpOfWhatDoesNotExist() {
        assertThatThrownBy(() -> Help.of(registry, List.of("luanch")))
                .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.hint())
                        .hasValueSatisfying(hint -> assertThat(hint).contains("katra launch")));
    }
}
