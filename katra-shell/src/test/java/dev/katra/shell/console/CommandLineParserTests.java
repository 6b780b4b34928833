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

class CommandLineParserTests {

    private final CommandLineParser commandLine =
            new CommandLineParser(new CommandNames(new SampleCommands().registry()));

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
        CommandLineParser.ParsedCommandLine read =
                commandLine.parse(List.of("echo", "--loud=false", "--loud", "false"));

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
        assertThat(commandLine.parse(List.of("launch", "--", word)).passThrough())
                .containsExactly(word);
    }

    @Test
    void behindTwoDashesEverythingIsAnArgument() {
        assertThat(arguments("echo", "a", "--", "--loud", "-x", "--", "--help", ""))
                .containsExactly("a", "--loud", "-x", "--", "--help", "");
        assertThat(commandLine.parse(List.of("echo", "--", "--help")).help()).isFalse();
    }

    @Test
    void aCommandForAnotherTakesAllThatFollowsItsFirstWord() {
        CommandLineParser.ParsedCommandLine read =
                commandLine.parse(List.of("within", "--loud", "list", "--json", "--loud", "--", "-h"));

        assertThat(read.passThrough()).containsExactly("list", "--json", "--loud", "--", "-h");
        assertThat(read.help()).isFalse();
        assertThat(read.input().options()).hasSize(1);
        assertThat(commandLine.parse(List.of("within", "--help")).help()).isTrue();
        assertThat(Help.usage(read.command())).isEqualTo("katra within [options] [COMMAND…]");
    }

    @Test
    void behindTwoDashesEverythingIsForTheOtherProgramIfTheCommandHasOne() {
        CommandLineParser.ParsedCommandLine read =
                commandLine.parse(List.of("launch", "--persona", "Sam", "--", "--model", "", "--", "-h", "a b"));

        assertThat(read.passThrough()).containsExactly("--model", "", "--", "-h", "a b");
        assertThat(read.help()).isFalse();
        assertThat(read.input().arguments()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h"})
    void asksForHelpInAnyPlace(String word) {
        assertThat(commandLine.parse(List.of("launch", word)).help()).isTrue();
        assertThat(commandLine.parse(List.of("echo", "a", word, "b")).help()).isTrue();
    }

    @Test
    void readsCommandsOfTwoWords() {
        assertThat(commandLine
                        .parse(List.of("engine", "status", "--json"))
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

        assertThat(failure.text()).isEqualTo("\"engine\" needs another word");
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
        assertThat(failure("launch", "--persona").text()).isEqualTo("the option --persona needs a value: PERSONA");
        assertThat(failure("launch", "-m", "--", "x").text()).isEqualTo("the option -m needs a value: MODEL");
        assertThat(failure("launch", "-m").hint()).contains("katra launch --help");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-b", "--background", "--tag"})
    void anOptionIsNoValueOfAnother(String option) {
        Failure failure = failure("launch", "--model", option);

        assertThat(failure.text()).isEqualTo("the option --model needs a value, and " + option + " is another option");
        assertThat(failure.hint())
                .contains("if " + option + " is the value: --model=" + option + "; else katra launch --help");
        assertThat(options("launch", "--model=" + option)).containsExactly("model=" + option);
    }

    @Test
    void optionsMayStandBeforeTheCommand() {
        assertThat(options("-b", "--persona", "Sam", "launch", "--port=1"))
                .containsExactly("background=true", "persona=Sam", "port=1");
        assertThat(arguments("--loud", "echo", "a", "b")).containsExactly("a", "b");
        assertThat(commandLine
                        .parse(List.of("--json", "engine", "status"))
                        .command()
                        .getName())
                .isEqualTo("engine status");
        assertThat(commandLine.parse(List.of("-b", "launch", "--", "-x")).passThrough())
                .containsExactly("-x");
        assertThat(commandLine.parse(List.of("--help", "launch")).help()).isTrue();
    }

    @Test
    void aCommandsNameMayBeTheValueOfAnOptionBeforeTheCommand() {
        assertThat(options("--persona", "echo", "launch", "--port", "2")).containsExactly("persona=echo", "port=2");
    }

    @Test
    void whatNoCommandHasAsAnOptionIsSaid() {
        assertThat(failure("--nothing=secret", "launch").text())
                .isEqualTo("there is no command with the option --nothing");
        assertThat(failure("--loud").hint())
                .contains("the command comes first: katra COMMAND --loud; katra help lists all commands");
    }

    @Test
    void namesTheCommandThatAnotherProgramCallsDifferently() {
        assertThat(failure("run").hint()).contains("did you mean katra launch? katra help lists all commands");
        assertThat(failure("Halt").hint())
                .contains("did you mean katra engine stop, or katra fail? katra help lists all commands");
    }

    @Test
    void refusesMoreArgumentsThanTheCommandTakes() {
        assertThat(failure("one", "1", "2", "3").text())
                .isEqualTo("\"2\" is one argument too many: katra one takes NUMBER");
        assertThat(failure("one", "--", "1", "2").text())
                .isEqualTo("\"2\" is one argument too many: katra one takes NUMBER");
        assertThat(failure("launch", "Sam").text())
                .isEqualTo("\"Sam\" is one argument too many: katra launch takes none");
        assertThat(failure("engine", "stop", "now").text())
                .isEqualTo("\"now\" is one argument too many: katra engine stop takes none");
    }

    @Test
    void helpIsGivenEvenIfAnArgumentDoesNotFit() {
        assertThat(commandLine.parse(List.of("engine", "stop", "now", "--help")).help())
                .isTrue();
        assertThat(commandLine.parse(List.of("launch", "--model", "--help")).help())
                .isTrue();
    }

    private List<String> arguments(String... words) {
        return commandLine.parse(List.of(words)).input().arguments().stream()
                .map(CommandArgument::value)
                .toList();
    }

    private List<String> options(String... words) {
        return new ArrayList<>(commandLine.parse(List.of(words)).input().options().stream()
                .map(option -> option.longName() + "=" + option.value())
                .toList());
    }

    private Failure failure(String... words) {
        Failure failure = catchThrowableOfType(Failure.class, () -> commandLine.parse(List.of(words)));
        assertThat(failure).as(String.join(" ", words)).isNotNull();
        assertThat(failure.code()).isEqualTo(Failure.Code.INVALID);
        return failure;
    }
}
