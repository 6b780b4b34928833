package dev.katra.shell.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.failure.Failure;
import dev.katra.shell.testing.TestCaller;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.shell.core.command.CommandOption;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

/** How a command's options are declared in records, and how the records are bound. */
class OptionRecordTests {

    private final Packing packing = new Packing();
    private final CallerCommand pack = new CallerCommand(Packing.method(), () -> packing);

    @Test
    void theCommandKnowsTheOptionsOfItsRecordsInTheOrderThatIsGiven() {
        assertThat(pack.getOptions())
                .extracting(CommandOption::longName)
                .containsExactly("open", "size", "label", "json");
        assertThat(pack.getOptions()).extracting(CommandOption::shortName).containsExactly(' ', 's', ' ', ' ');
        assertThat(pack.getOptions())
                .extracting(CommandOption::description)
                .containsExactly("leave it open", "how large", "what it says", "print an array");
        assertThat(Help.of(pack, Integer.MAX_VALUE)).isEqualTo("""
                usage:   katra pack [options] THINGS…

                Pack things

                  --open            leave it open
                  -s, --size COUNT  how large
                  --label LABEL     what it says
                  --json            print an array""");
    }

    @Test
    void theRecordsGetValuesAndDefaults() {
        assertThat(run("pack")).isEmpty();
        assertThat(run("pack", "a", "-s", "4", "--json", "--label", "fragile", "--open"))
                .isEmpty();

        assertThat(packing.calls)
                .containsExactly(
                        List.of(false, new PackOptions(new Label(null), 3, new OutputFormat(false)), List.of()),
                        List.of(true, new PackOptions(new Label("fragile"), 4, new OutputFormat(true)), List.of("a")));
    }

    @Test
    void aWrongValueIsRefusedAsThatOfAParameterIs() {
        assertThat(run("pack", "--size", "x"))
                .isEqualTo("katra: --size \"x\" is not a number\n\nhint: katra pack --help\n");
        assertThat(run("pack", "--label", "a", "--label", "b"))
                .isEqualTo("katra: the option --label is given 2 times\n\nhint: katra pack --help\n");
        assertThat(run("pack", "--label", "none"))
                .isEqualTo("katra: a label must say something\n\nhint: leave it out\n");
        assertThat(packing.calls).isEmpty();
    }

    /** A record in a record, which refuses a value itself. */
    record Label(
            @Option(longName = "label", description = "what is on it") @Nullable
            String label) {

        Label {
            if ("none".equals(label)) {
                throw Failure.invalid("a label must say something").hint("leave it out");
            }
        }
    }

    @OptionOrder("size label json")
    record PackOptions(
            @OptionText("what it says") Label label,

            @Takes(Takes.ValueKind.COUNT)
            @Option(longName = "size", shortName = 's', defaultValue = "3", description = "how large")
            Integer size,

            OutputFormat format) {}

    /** A command that notes what it was called with. */
    static final class Packing {

        private final List<Object> calls = new ArrayList<>();

        @Command(name = "pack", group = Groups.KATRA, description = "Pack things")
        @Runs(at = Runs.Where.CALLER)
        void pack(
                @Option(longName = "open", description = "leave it open") boolean open,
                @OptionText(option = "json", value = "an array") PackOptions options,
                @Arguments List<String> things) {
            calls.add(List.of(open, options, things));
        }

        private static Method method() {
            try {
                return Packing.class.getDeclaredMethod("pack", boolean.class, PackOptions.class, List.class);
            } catch (NoSuchMethodException e) {
                throw new AssertionError(e);
            }
        }
    }

    private String run(String... words) {
        TestCaller caller = TestCaller.of(words);
        new Dispatcher(new CommandRegistry(Set.of(pack)), null, same -> same).dispatch(caller.caller());
        return caller.err();
    }
}
