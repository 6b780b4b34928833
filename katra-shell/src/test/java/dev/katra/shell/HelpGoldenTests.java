package dev.katra.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.shell.console.Dispatcher;
import dev.katra.shell.console.Outcome;
import dev.katra.shell.testing.Golden;
import dev.katra.shell.testing.TestCaller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jline.reader.ParsedLine;
import org.jline.reader.impl.DefaultParser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandRegistry;

/** What the help says, as files that a reviewer reads. Nothing here needs a server. */
class HelpGoldenTests {

    private static AnnotationConfigApplicationContext context;
    private static List<String> commands;

    @BeforeAll
    static void read() {
        context = new AnnotationConfigApplicationContext(CommandLineApplication.class);
        commands = context.getBean(CommandRegistry.class).getCommands().stream()
                .filter(command -> !command.isHidden())
                .map(Command::getName)
                .sorted()
                .toList();
    }

    @AfterAll
    static void close() {
        context.close();
    }

    @Test
    void theListOfCommands() throws IOException {
        Golden.check(Golden.file("help.txt"), run(List.of("help")));
        assertThat(run(List.of())).isEqualTo(run(List.of("help")));
    }

    @ParameterizedTest
    @FieldSource("commands")
    void aCommand(String name) throws IOException {
        List<String> words = Stream.concat(Stream.of(name.split(" ", -1)), Stream.of("--help"))
                .toList();

        String help = run(words);

        Golden.check(file(name), help);
        assertThat(help.lines()).allMatch(line -> line.length() <= 120, "fits a wide terminal");
    }

    /** An example that Katra does not take would be worse than none. */
    @ParameterizedTest
    @FieldSource("commands")
    void theExampleComesFirstAndIsACommandLineOfTheCommand(String name) {
        String first = run(List.of((name + " --help").split(" ", -1)))
                .lines()
                .findFirst()
                .orElseThrow();

        assertThat(first).startsWith("example: katra " + name);
        ParsedLine words = new DefaultParser().parse(first.substring("example: katra ".length()), 0);
        assertThat(run(Stream.concat(words.words().stream(), Stream.of("--help"))
                        .toList()))
                .startsWith(first);
    }

    @ParameterizedTest
    @FieldSource("commands")
    void aHelpFitsANarrowTerminal(String name) {
        TestCaller caller = TestCaller.of((name + " --help").split(" ", -1)).terminal("111:60");

        dispatcher().dispatch(caller.caller());

        assertThat(caller.out().lines()).allMatch(line -> line.length() <= 60, "fits 60 columns");
    }

    @Test
    void thereAreNoFilesOfCommandsThatAreGone() throws IOException {
        try (Stream<Path> files = Files.list(Golden.file("help"))) {
            assertThat(files)
                    .containsExactlyInAnyOrderElementsOf(
                            commands.stream().map(HelpGoldenTests::file).toList());
        }
    }

    private static Path file(String command) {
        return Golden.file("help").resolve(command.replace(' ', '-') + ".txt");
    }

    private static String run(List<String> words) {
        TestCaller caller = TestCaller.of().words(words);
        assertThat(dispatcher().dispatch(caller.caller())).as(caller.err()).isEqualTo(Outcome.OK);
        assertThat(caller.err()).isEmpty();
        return caller.out();
    }

    private static Dispatcher dispatcher() {
        return new Dispatcher(
                context.getBean(CommandRegistry.class),
                (sent, needs) -> {
                    throw new AssertionError("help needs no server");
                },
                same -> same);
    }
}
