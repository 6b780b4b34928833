package dev.katra.shell.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.katra.shell.testing.TestCaller;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.shell.core.command.CommandOption;
import org.springframework.shell.core.command.CommandRegistry;

/** What a command's method says of it, and what the method is called with. */
class CallerCommandTests {

    private final SampleCommands commands = new SampleCommands();
    private final CommandRegistry registry = commands.registry();

    @Test
    void isDescribedByItsMethod() {
        CallerCommand launch = command("launch");

        assertThat(launch.getDescription()).isEqualTo("Launch something");
        assertThat(launch.getOptions())
                .extracting(CommandOption::longName)
                .containsExactly("persona", "model", "background", "tag", "port");
        assertThat(launch.arguments()).isEmpty();
        assertThat(launch.passThrough()).contains("other arguments…");
        assertThat(launch.runs().ownerOnly()).isTrue();
    }

    @Test
    void runsInTheServerUnlessItSaysOtherwise() {
        assertThat(command("echo").runs().at()).isEqualTo(Runs.Where.SERVER);
        assertThat(command("echo").runs().ownerOnly()).isFalse();
        assertThat(command("echo").runs().wholeEnvironment()).isFalse();
        assertThat(command("one").runs().at()).isEqualTo(Runs.Where.CALLER);
    }

    @Test
    void knowsHowManyArgumentsItTakes() {
        assertThat(command("one").mostArguments()).isEqualTo(1);
        assertThat(command("one").arguments()).containsExactly("NUMBER");
        assertThat(command("echo").mostArguments()).isEqualTo(Integer.MAX_VALUE);
        assertThat(command("echo").arguments()).containsExactly("TEXT…");
        assertThat(command("engine stop").mostArguments()).isZero();
    }

    @Test
    void aMethodWithoutTheMarkIsNoCommand() throws Exception {
        var method = SampleCommands.class.getDeclaredMethod("registry");
        assertThatIllegalArgumentException().isThrownBy(() -> new CallerCommand(method, () -> commands));
    }

    @Test
    void givesValuesAndDefaults() {
        assertThat(launch("--persona", "Sam"))
                .isEqualTo(new SampleCommands.Launch("Sam", null, false, List.of(), 7, List.of()));
        assertThat(launch("--persona=", "-b", "-m", "x", "--tag", "a", "--tag", "", "--port", "-9", "--", "--x", ""))
                .isEqualTo(new SampleCommands.Launch("", "x", true, List.of("a", ""), -9, List.of("--x", "")));
    }

    @Test
    void theLastOfARepeatedBooleanHolds() {
        assertThat(launch("--persona", "a", "-b", "--background=false").background())
                .isFalse();
        assertThat(launch("--persona", "a", "--background=false", "-b").background())
                .isTrue();
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThat(refused("launch"))
                .isEqualTo("katra: the option --persona is missing\n\nhint: katra launch --help\n");
        assertThat(refused("launch", "--persona", "a", "--persona", "b"))
                .isEqualTo("katra: the option --persona is given 2 times\n");
        assertThat(refused("launch", "--persona", "a", "--port", "x"))
                .isEqualTo("katra: --port takes a number, and \"x\" is none\n");
        assertThat(refused("launch", "--persona", "a", "--port", "99999999999"))
                .isEqualTo("katra: --port takes a number, and \"99999999999\" is none\n");
        assertThat(refused("launch", "--persona", "a", "--background=maybe"))
                .isEqualTo("katra: --background is either given or not; \"maybe\" does not fit\n");
        assertThat(refused("one")).isEqualTo("katra: the argument NUMBER is missing\n\nhint: katra one --help\n");
        assertThat(refused("one", "two")).isEqualTo("katra: number takes a number, and \"two\" is none\n");
    }

    private SampleCommands.Launch launch(String... words) {
        TestCaller caller = TestCaller.of("launch")
                .words(java.util.stream.Stream.concat(
                                java.util.stream.Stream.of("launch"), java.util.stream.Stream.of(words))
                        .toList());
        assertThat(dispatch(caller)).as(caller.err()).isEqualTo(Outcome.OK);
        return (SampleCommands.Launch) commands.calls.get(commands.calls.size() - 1);
    }

    private String refused(String... words) {
        TestCaller caller = TestCaller.of(words);
        assertThat(dispatch(caller)).isEqualTo(new Outcome.Exit(ExitCode.INVALID));
        assertThat(commands.calls).isEmpty();
        return caller.err();
    }

    private Outcome dispatch(TestCaller caller) {
        return new Dispatcher(registry, null, same -> same).dispatch(caller.caller());
    }

    private CallerCommand command(String name) {
        if (registry.getCommandByName(name) instanceof CallerCommand command) {
            return command;
        }
        throw new AssertionError("no command " + name);
    }
}
