package dev.katra.shell.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.katra.core.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.shell.core.command.CommandArgument;

class CommandLineTests {

    private final CommandLine commandLine = new CommandLine(new SampleCommands().registry());

    @Test
    void readsOptionsInAnyPlace() {
        assertThat(arguments("echo", "--loud", "a", "b")).containsExactly("a", "b");
        assertThat(arguments("echo", "a", "--loud", "b")).containsExactly("a", "b");
        assertThat(arguments("echo", "a", "b", "--loud")).containsExactly("a", "b");
        assertThat(options("echo", "a", "b", "--loud")).containsExactly("loud=true");
    }

    @Test
    void readsAValueAsTheNextWordOrBehindTheEqualsSign() {
        assertThat(options("launch", "--persona", "Sam")).containsExactly("persona=Sam");
        assertThat(options("launch", "--persona=Sam")).containsExactly("persona=Sam");
        assertThat(options("launch", "--persona=a=b")).containsExactly("persona=a=b");
        assertThat(options("launch", "--persona=")).containsExactly("persona=");
        assertThat(options("launch", "--persona", "")).containsExactly("persona=");
    }

    @Test
    void readsAValueThatLooksLikeAnOption() {
        assertThat(options("launch", "--model", "-5")).containsExactly("model=-5");
        assertThat(options("launch", "-m", "--loud")).containsExactly("model=--loud");
    }

    @Test
    void readsShortOptions() {
        assertThat(options("launch", "-b", "-m", "x")).containsExactly("background=true", "model=x");
    }

    @Test
    void keepsRepeatedOptionsInTheirOrder() {
        assertThat(options("launch", "--tag", "b", "--tag=a", "--tag", "b")).containsExactly("tag=b", "tag=a", "tag=b");
    }

    @Test
    void aBooleanTakesItsValueOnlyBehindTheEqualsSign() {
        CommandLine.Read read = commandLine.read(List.of("echo", "--loud=false", "--loud", "false"));

        assertThat(read.input().options()).extracting(option -> option.value()).containsExactly("false", "true");
        assertThat(read.input().arguments()).extracting(CommandArgument::value).containsExactly("false");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "two  words",
                "quote\"s",
                "it's",
                "$(x)",
                "`x`",
                "\\n",
                "Grüße 🦊",
                "tab\there",
                "line\nend",
                "-",
                "*",
                "a=b",
                "\u0000"
            })
    void keepsWordsExactly(String word) {
        assertThat(arguments("echo", word, word)).containsExactly(word, word);
        assertThat(options("launch", "--persona", word)).containsExactly("persona=" + word);
        assertThat(commandLine.read(List.of("launch", "--", word)).passThrough())
                .containsExactly(word);
    }

    @Test
    void behindTwoDashesEverythingIsAnArgument() {
        assertThat(arguments("echo", "a", "--", "--loud", "-x", "--", "--help", ""))
                .containsExactly("a", "--loud", "-x", "--", "--help", "");
        assertThat(commandLine.read(List.of("echo", "--", "--help")).help()).isFalse();
    }

    @Test
    void behindTwoDashesEverythingIsForTheOtherProgramIfTheCommandHasOne() {
        CommandLine.Read read =
                commandLine.read(List.of("launch", "--persona", "Sam", "--", "--model", "", "--", "-h", "a b"));

        assertThat(read.passThrough()).containsExactly("--model", "", "--", "-h", "a b");
        assertThat(read.help()).isFalse();
        assertThat(read.input().arguments()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h"})
    void asksForHelpInAnyPlace(String word) {
        assertThat(commandLine.read(List.of("launch", word)).help()).isTrue();
        assertThat(commandLine.read(List.of("echo", "a", word, "b")).help()).isTrue();
    }

    @Test
    void readsCommandsOfTwoWords() {
        assertThat(commandLine
                        .read(List.of("engine", "status", "--json"))
                        .command()
                        .getName())
                .isEqualTo("engine status");
    }

    @Test
    void aNameOfTwoWordsIsTwoWords() {
        assertThat(failure("engine status", "--json").text()).isEqualTo("there is no command \"engine status\"");
    }

    @Test
    void namesTheWordsThatMayFollow() {
        Failure failure = failure("engine");

        assertThat(failure.text()).isEqualTo("\"engine\" needs a second word");
        assertThat(failure.hint()).contains("one of: katra engine status, katra engine stop");
    }

    @Test
    void suggestsTheNearestCommand() {
        assertThat(failure("eco", "hello").text()).isEqualTo("there is no command \"eco\"");
        assertThat(failure("eco", "hello").hint())
                .hasValueSatisfying(hint -> assertThat(hint).startsWith("did you mean katra echo?"));
        assertThat(failure("engine", "statsu").text()).isEqualTo("there is no command \"engine statsu\"");
        assertThat(failure("engine", "statsu").hint())
                .hasValueSatisfying(hint -> assertThat(hint).startsWith("did you mean katra engine status?"));
    }

    @Test
    void suggestsNothingThatIsFarOffOrHidden() {
        assertThat(failure("zzzzzz").hint()).contains("katra help lists all commands");
        assertThat(failure("secre").hint()).contains("katra help lists all commands");
        assertThat(failure("").hint()).contains("katra help lists all commands");
    }

    @Test
    void suggestsTheNearestOption() {
        Failure failure = failure("launch", "--persoan", "Sam");

        assertThat(failure.text()).isEqualTo("katra launch has no option --persoan");
        assertThat(failure.hint()).contains("did you mean --persona? katra launch --help");
        assertThat(failure("launch", "--zzzzzzzz").hint()).contains("katra launch --help");
        assertThat(failure("engine", "stop", "-x").hint()).contains("katra engine stop --help");
    }

    @Test
    void namesOnlyTheOptionOfAWordItDoesNotKnow() {
        assertThat(failure("launch", "--key=sk-secret").text()).isEqualTo("katra launch has no option --key");
        assertThat(failure("echo", "- ").text()).isEqualTo("katra echo has no option - ");
    }

    @Test
    void missesTheValueOfAnOption() {
        assertThat(failure("launch", "--persona").text()).isEqualTo("the option --persona needs a value");
        assertThat(failure("launch", "-m", "--", "x").text()).isEqualTo("the option -m needs a value");
        assertThat(failure("launch", "-m").hint()).contains("katra launch --help");
    }

    @Test
    void refusesMoreArgumentsThanTheCommandTakes() {
        assertThat(failure("one", "1", "2", "3").text()).isEqualTo("unexpected argument \"2\"");
        assertThat(failure("one", "--", "1", "2").text()).isEqualTo("unexpected argument \"2\"");
        assertThat(failure("launch", "Sam").text()).isEqualTo("unexpected argument \"Sam\"");
        assertThat(failure("engine", "stop", "now").text()).isEqualTo("unexpected argument \"now\"");
    }

    @Test
    void helpIsGivenEvenIfAnArgumentDoesNotFit() {
        assertThat(commandLine.read(List.of("engine", "stop", "now", "--help")).help())
                .isTrue();
        assertThat(commandLine.read(List.of("launch", "--model", "--help")).help())
                .isFalse();
    }

    private List<String> arguments(String... words) {
        return commandLine.read(List.of(words)).input().arguments().stream()
                .map(CommandArgument::value)
                .toList();
    }

    private List<String> options(String... words) {
        return new ArrayList<>(commandLine.read(List.of(words)).input().options().stream()
                .map(option -> option.longName() + "=" + option.value())
                .toList());
    }

    private Failure failure(String... words) {
        Failure failure = catchThrowableOfType(Failure.class, () -> commandLine.read(List.of(words)));
        assertThat(failure).as(String.join(" ", words)).isNotNull();
        assertThat(failure.code()).isEqualTo(Failure.Code.INVALID);
        return failure;
    }
}
