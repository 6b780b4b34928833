package dev.katra.shell.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.shell.RealCommands;
import dev.katra.shell.console.Dispatcher;
import dev.katra.shell.console.Input;
import dev.katra.shell.console.Outcome;
import dev.katra.shell.testing.TestCaller;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jline.reader.Parser.ParseContext;
import org.jline.reader.impl.DefaultParser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines from a pipe, and what the prompt completes, over the real commands and a server that notes what it is asked. */
class LineRunnerTests {

    private static RealCommands commands;

    private final List<List<String>> asked = new ArrayList<>();
    private final TestCaller caller = TestCaller.of();

    @BeforeAll
    static void read() {
        commands = new RealCommands();
    }

    @AfterAll
    static void close() {
        commands.close();
    }

    @Test
    void everyLineIsACommand() {
        assertThat(run("list", "", "# a comment", "katra who --json", "say 'two words'"))
                .isZero();

        assertThat(asked).containsExactly(List.of("list"), List.of("who", "--json"), List.of("say", "two words"));
    }

    @Test
    void anOpenQuoteSendsNothingAndTheNextLineIsALineOfItsOwn() {
        assertThat(run("say \"unclosed", "list")).isZero();

        assertThat(asked).containsExactly(List.of("list"));
        assertThat(caller.err()).startsWith("katra: a quote is open, and nothing was done\n\nhint: ");
    }

    @Test
    void theExitCodeIsThatOfTheLastCommand() {
        assertThat(run("list", "lsit")).isEqualTo(2);
        assertThat(caller.err()).contains("did you mean katra list?");
        assertThat(run("lsit", "list", "")).isZero();
        assertThat(run("say 'open")).isEqualTo(2);
    }

    @Test
    void exitEndsIt() {
        assertThat(run("list", "exit", "who")).isZero();

        assertThat(asked).containsExactly(List.of("list"));
    }

    @Test
    void withoutALineItIsTheHelp() {
        assertThat(run()).isZero();

        assertThat(caller.out()).contains("katra COMMAND --help says more");
    }

    @Test
    void aCommandDoesNotReadTheLinesAfterIt() {
        run("say", "list");

        assertThat(asked).containsExactly(List.of("say"), List.of("list"));
    }

    @ParameterizedTest
    @CsvSource({
        "'attach ', Runner",
        "'stop Runner ', Second",
        "'wake ', Runner",
        "'wake Runner ', never",
        "'resume ', Ended",
        "'katra resume ', Ended",
        "'start ', Ended",
        "'start Ended --provider deeps', deepseek",
        "'say --to ', Everyone",
        "'hear --as ', Human",
        "'recall --kind d', decision",
        "'memory import --from s', server-memory",
        "'help sta', start",
        "'memory sem', semantic",
        "'memory semantic s', status"
    })
    void completesWhatTheCommandCanActOn(String line, String word) {
        assertThat(completed(line)).contains(word);
    }

    @ParameterizedTest
    @CsvSource({
        "'attach ', Ended",
        "'attach ', Human",
        "'stop Runner ', Runner",
        "'resume ', Runner",
        "'resume ', Human",
        "'hear --as ', Runner",
        "'start x ', Ended",
        "'personas --only ', Ended"
    })
    void completesNothingElse(String line, String word) {
        assertThat(completed(line)).isNotEmpty().doesNotContain(word);
    }

    private Set<String> completed(String line) {
        return new WordCompleter(commands.registry(), new CompletionNames(dispatcher(), caller.caller()))
                .words(new DefaultParser().parse(line, line.length(), ParseContext.COMPLETE));
    }

    private int run(String... lines) {
        Deque<String> left = new ArrayDeque<>(Arrays.asList(lines));
        caller.input(new Input() {
            @Override
            public String readAll() {
                throw new AssertionError("the lines are not a command's input");
            }

            @Override
            public Optional<String> nextLine() {
                return Optional.ofNullable(left.poll());
            }
        });
        return new LineRunner(dispatcher()).run(caller.caller());
    }

    private Dispatcher dispatcher() {
        return new Dispatcher(
                commands.registry(),
                (sent, needs) -> {
                    asked.add(sent.arguments());
                    switch (String.join(" ", sent.arguments())) {
                        case "personas --only running" -> sent.print("Runner\nSecond");
                        case "personas --only ended" -> sent.print("Ended");
                        case "personas --only people" -> sent.print("Human");
                        default -> sent.print("Everyone");
                    }
                    return Outcome.OK;
                },
                same -> same);
    }
}
