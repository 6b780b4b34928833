package dev.katra.shell.console;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.katra.core.failure.Failure;
import dev.katra.shell.RealCommands;
import dev.katra.shell.testing.TestCaller;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.shell.core.command.Command;

class DispatcherTests {

    private final SampleCommands commands = new SampleCommands();
    private final List<List<String>> remote = new ArrayList<>();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(FailureReport.class);

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
        logger.setAdditive(false);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
        logger.setAdditive(true);
    }

    @ParameterizedTest
    @CsvSource({"INVALID,2", "NOT_FOUND,3", "CONFLICT,4", "UNAVAILABLE,5", "CANCELLED,130"})
    void aFailureIsALineAHintAndAnExitCode(Failure.Code code, int exit) {
        commands.throwing(Failure.of(code, "it is \"so\"").hint("katra do that"));
        TestCaller caller = TestCaller.of("fail");

        assertThat(here(caller)).isEqualTo(new Outcome.Exit(exit));
        assertThat(caller.err()).isEqualTo("katra: it is \"so\"\n\nhint: katra do that\n");
        assertThat(caller.out()).isEmpty();
        assertThat(log.list).isEmpty();
    }

    @Test
    void aFailureWithoutAHintIsOneLine() {
        commands.throwing(Failure.conflict("it is so"));
        TestCaller caller = TestCaller.of("fail");

        here(caller);

        assertThat(caller.err()).isEqualTo("katra: it is so\n");
    }

    @Test
    void aFailureInsideAnotherExceptionCounts() {
        TestCaller caller = TestCaller.of("checked");

        assertThat(here(caller)).isEqualTo(new Outcome.Exit(ExitCode.NOT_FOUND));
        assertThat(caller.err()).isEqualTo("katra: no such thing\n");
    }

    @Test
    void whatIsNoFailureIsADefectWhoseTraceIsInTheLogOnly() {
        commands.throwing(new IllegalStateException("secret detail"));
        TestCaller caller = TestCaller.of("fail").home(Path.of("/somewhere"));

        assertThat(here(caller)).isEqualTo(new Outcome.Exit(ExitCode.INTERNAL));
        assertThat(caller.err()).isEqualTo("""
                        katra: internal error (IllegalStateException)

                        hint: the details are in /somewhere/logs
                        """);
        assertThat(caller.out()).isEmpty();
        assertThat(traces()).contains("secret detail").contains("whatIsNoFailureIsADefect");
    }

    @Test
    void anInternalFailureIsADefectToo() {
        commands.throwing(Failure.of(Failure.Code.INTERNAL, "secret detail"));
        TestCaller caller = TestCaller.of("fail");

        assertThat(here(caller)).isEqualTo(new Outcome.Exit(ExitCode.INTERNAL));
        assertThat(caller.err()).startsWith("katra: internal error").doesNotContain("secret detail", "\tat ");
        assertThat(traces()).contains("secret detail");
    }

    @ParameterizedTest
    @EnumSource(Failure.Code.class)
    void everyFailureEndsWithACodeOfItsOwn(Failure.Code code) {
        assertThat(ExitCode.of(Failure.of(code, "x")))
                .isEqualTo(
                        switch (code) {
                            case INTERNAL -> 1;
                            case INVALID -> 2;
                            case NOT_FOUND -> 3;
                            case CONFLICT -> 4;
                            case UNAVAILABLE -> 5;
                            case CANCELLED -> 130;
                        });
    }

    @Test
    void aCommandMayChooseItsExitCodeOrAProgram() {
        assertThat(here(TestCaller.of("one", "1"))).isEqualTo(new Outcome.Exit(42));
        assertThat(here(TestCaller.of("exec"))).isEqualTo(new Outcome.Exec(List.of("true", "a b")));
    }

    @Test
    void withoutWordsItPrintsTheHelp() {
        TestCaller caller = TestCaller.of();

        assertThat(here(caller)).isEqualTo(Outcome.OK);
        assertThat(caller.out()).isEqualTo(Help.of(commands.registry(), Integer.MAX_VALUE) + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"launch", "echo", "one", "fail", "exec"})
    void helpNeverRunsTheCommandAndNeedsNoServer(String name) {
        TestCaller caller = TestCaller.of(name, "--help").variable("KATRA_SESSION_TOKEN", "t");

        assertThat(withServer(caller)).isEqualTo(Outcome.OK);
        assertThat(caller.out()).contains("usage:   katra " + name);
        assertThat(commands.calls).isEmpty();
        assertThat(remote).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"engine --help", "engine -h", "engine help", "help engine"})
    void theHelpOfANounIsThatOfItsCommands(String words) {
        TestCaller caller = TestCaller.of(words.split(" ", -1));

        assertThat(Help.of(commands.registry(), List.of("engine"), Integer.MAX_VALUE) + "\n")
                .isEqualTo("""
                        example: katra engine status

                        Katra
                          engine status  Say how it is
                          engine stop    Stop it

                        katra engine … --help says more of each.
                        """);
        if (words.startsWith("engine")) {
            assertThat(here(caller)).isEqualTo(Outcome.OK);
            assertThat(caller.out()).startsWith("example: katra engine status\n");
        }
    }

    @Test
    void theWordHelpAmongArgumentsIsOnlyAWord() {
        TestCaller caller = TestCaller.of("echo", "--", "--help");

        here(caller);

        assertThat(caller.out()).isEqualTo("--help\n");
    }

    @Test
    void commandsRunWhereTheySay() {
        withServer(TestCaller.of("echo", "a b", ""));
        assertThat(remote).containsExactly(List.of("echo", "a b", ""));
        assertThat(commands.calls).isEmpty();

        withServer(TestCaller.of("engine", "stop"));
        assertThat(remote).hasSize(1);
        assertThat(commands.calls).containsExactly("stop");
    }

    @ParameterizedTest
    @CsvSource({
        "echo, true",
        "echo -, true",
        "echo a, false",
        "echo a -, false",
        "amend, true",
        "amend 7 -, true",
        "amend 7, false",
        "amend 7 a, false",
        "amend 7 a -, false"
    })
    void inputIsReadWhereNoTextIsGiven(String words, boolean read) {
        List<String> seen = new ArrayList<>();
        Dispatcher dispatcher = new Dispatcher(
                commands.registry(),
                (caller, needs) -> {
                    seen.add(text(caller));
                    return Outcome.OK;
                },
                same -> same);

        dispatcher.dispatch(
                TestCaller.of(words.split(" ", -1)).input("from input").caller());

        assertThat(seen).containsExactly(read ? "from input" : "");
    }

    private static String text(Caller caller) {
        try {
            return caller.input().readAll();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void wordsBehindANamedArgumentAreTheText() {
        here(TestCaller.of("amend", "7", "a b", "c"));

        assertThat(commands.calls).containsExactly("7: a b|c");
    }

    @Test
    void inTheServerEveryCommandRuns() {
        TestCaller caller = TestCaller.of("echo", "a b", "");

        here(caller);

        assertThat(caller.out()).isEqualTo("a b|\n");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aModelMayNotRunWhatIsTheOwners(boolean inServer) {
        TestCaller caller = TestCaller.of("launch", "--persona", "Sam").variable("KATRA_SESSION_TOKEN", "t");

        assertThat(inServer ? here(caller) : withServer(caller)).isEqualTo(new Outcome.Exit(ExitCode.INVALID));
        assertThat(caller.err()).isEqualTo("""
                        katra: katra launch is for the person who owns this Katra

                        hint: it cannot be run from inside a session
                        """);
        assertThat(commands.calls).isEmpty();
        assertThat(remote).isEmpty();
    }

    @Test
    void claudeIsLookedForBeforeACommandThatStartsIt() {
        List<String> seen = new ArrayList<>();
        Dispatcher dispatcher = new Dispatcher(
                commands.registry(),
                (caller, needs) -> {
                    seen.add(caller.variable("FOUND"));
                    return Outcome.OK;
                },
                caller -> caller.with("FOUND", "yes"));

        dispatcher.dispatch(TestCaller.of("launch", "--persona", "Sam").caller());
        dispatcher.dispatch(TestCaller.of("echo").caller());

        assertThat(seen).containsExactly("yes", "");
    }

    @Test
    void aFailureOfTheServerIsReportedLikeAnyOther() {
        Dispatcher dispatcher = new Dispatcher(
                commands.registry(),
                (caller, needs) -> {
                    throw Failure.unavailable("the server is away");
                },
                caller -> caller);
        TestCaller caller = TestCaller.of("echo");

        assertThat(dispatcher.dispatch(caller.caller())).isEqualTo(new Outcome.Exit(ExitCode.UNAVAILABLE));
        assertThat(caller.err()).isEqualTo("katra: the server is away\n");
    }

    private Outcome here(TestCaller caller) {
        return new Dispatcher(commands.registry(), null, same -> same).dispatch(caller.caller());
    }

    private Outcome withServer(TestCaller caller) {
        return new Dispatcher(
                        commands.registry(),
                        (sent, needs) -> {
                            remote.add(sent.arguments());
                            return Outcome.OK;
                        },
                        same -> same)
                .dispatch(caller.caller());
    }

    private String traces() {
        StringBuilder text = new StringBuilder();
        for (ILoggingEvent event : log.list) {
            text.append(ch.qos.logback.classic.spi.ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        return text.toString();
    }

    /** What a model may run with its session's token, which is all that a shell in a session is given. */
    @Test
    void aSessionRunsOnlyWhatIsForModels() {
        try (RealCommands real = new RealCommands()) {
            assertThat(real.registry().getCommands().stream()
                            .filter(command -> !((CallerCommand) command).runs().ownerOnly())
                            .map(Command::getName))
                    .containsExactlyInAnyOrder(
                            "forget",
                            "hear",
                            "help",
                            "history",
                            "list",
                            "memory edit",
                            "memory semantic status",
                            "memory show",
                            "memory supersede",
                            "persona list",
                            "personas",
                            "recall",
                            "recent",
                            "remember",
                            "say",
                            "search",
                            "server status",
                            "turns",
                            "turns forget",
                            "turns show",
                            "version",
                            "who");
        }
    }
}
