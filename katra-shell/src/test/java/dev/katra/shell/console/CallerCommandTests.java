package dev.katra.shell.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.katra.shell.RealCommands;
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
        assertThat(launch.passThrough().map(PassThroughArguments::value)).contains("other arguments…");
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
        assertThat(command("one").maxArguments()).isEqualTo(1);
        assertThat(command("one").arguments()).containsExactly("NUMBER");
        assertThat(command("echo").maxArguments()).isEqualTo(Integer.MAX_VALUE);
        assertThat(command("echo").arguments()).containsExactly("TEXT…");
        assertThat(command("engine stop").maxArguments()).isZero();
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
                .isEqualTo("katra: the option --persona is given 2 times\n\nhint: katra launch --help\n");
        assertThat(refused("launch", "--persona", "a", "--port", "x"))
                .isEqualTo("katra: --port \"x\" is not a number\n\nhint: katra launch --help\n");
        assertThat(refused("launch", "--persona", "a", "--port", "99999999999"))
                .isEqualTo("katra: --port \"99999999999\" is not a number\n\nhint: katra launch --help\n");
        assertThat(refused("launch", "--persona", "a", "--background=maybe"))
                .isEqualTo(
                        "katra: --background \"maybe\" is neither true nor false\n\nhint: leave it out: --background\n");
        assertThat(refused("one")).isEqualTo("katra: NUMBER is missing\n\nhint: katra one --help\n");
        assertThat(refused("one", "two")).isEqualTo("katra: \"two\" is not a number\n\nhint: katra one --help\n");
    }

    @Test
    void aClosedSetIsNamedByItsOptionOrArgument() {
        assertThat(real("start", "Sam", "--wake", "allways"))
                .isEqualTo("katra: --wake \"allways\" is not one of direct, all, never\n\nhint: katra start --help\n");
        assertThat(real("wake", "Sam", "nevr"))
                .isEqualTo("katra: \"nevr\" is not one of direct, all, never\n\nhint: did you mean never?\n");
        assertThat(real("recall", "x", "--kind", "idea"))
                .startsWith("katra: --kind \"idea\" is not one of note, fact, decision\n");
        assertThat(real("recall", "x", "--scope", "mine")).startsWith("katra: --scope \"mine\" is not one of ");
        assertThat(real("env", "--route", "fast")).startsWith("katra: --route \"fast\" is not one of auto, direct, ");
        assertThat(real("memory", "import", "--from", "x")).startsWith("katra: --from \"x\" is not one of katra, ");
    }

    @Test
    void aNumberIsNamedByWhatItIsOf() {
        assertThat(real("memory", "show", "abc")).startsWith("katra: \"abc\" is not a memory number\n");
        assertThat(real("forget", "#x")).startsWith("katra: \"#x\" is not a memory number\n");
        assertThat(real("history", "--before", "abc")).startsWith("katra: --before \"abc\" is not a message number\n");
        assertThat(real("history", "--limit", "abc")).startsWith("katra: --limit \"abc\" is not a number\n");
    }

    /** What the command itself says, run as in the server, before it asks any service. */
    private static String real(String... words) {
        try (RealCommands all = new RealCommands()) {
            TestCaller caller = TestCaller.of(words);
            new Dispatcher(all.registry(), null, same -> same).dispatch(caller.caller());
            return caller.err();
        }
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
