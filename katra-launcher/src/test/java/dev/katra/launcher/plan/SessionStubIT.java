package dev.katra.launcher.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.home.KatraHome;
import dev.katra.launcher.process.LocalProcessRunner;
import dev.katra.launcher.process.ProcessCommand;
import dev.katra.launcher.process.ProcessResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class SessionStubIT {

    /** Values and arguments that a careless quoting would change, run or lose. */
    private static final List<String> HARD = List.of(
            "two words",
            "",
            "it's 'quoted' \"twice\"",
            "$(touch pwned) `touch pwned` $HOME ${HOME} $$",
            "line one\nline two\n\n",
            "\ttab\rreturn",
            "back\\slash\\n \\",
            "-n",
            "--",
            "* ? [a-z] ~ ! # & | ; < > ( ) { }",
            "āäöü ☃ 🦊 \u0081\u0088",
            "'",
            "'\\''");

    @TempDir
    Path temporary;

    private final LocalProcessRunner processes = new LocalProcessRunner();

    @SuppressWarnings("NullAway.Init")
    private KatraHome home;

    @SuppressWarnings("NullAway.Init")
    private SessionStub stub;

    @BeforeEach
    void install() throws Exception {
        home = new KatraHome(temporary.resolve("home; $(touch pwned) 'x' ä")).create();
        stub = SessionStub.install(home);
    }

    static List<List<String>> shells() {
        return List.of(List.of("/bin/sh"), List.of("bash", "--posix"), List.of("bash"), List.of("dash"));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void environmentAndArgumentsArriveExactly(List<String> shell) {
        Map<String, String> environment = new LinkedHashMap<>();
        HARD.forEach(value -> environment.put("V" + environment.size(), value));
        List<String> argv = new ArrayList<>(List.of(program("""
                #!/bin/sh
                i=0; while [ $i -lt %d ]; do eval "printf '%%s\\0' \\"\\$V$i\\""; i=$((i+1)); done
                printf '%%s\\0' "$@"
                """.formatted(HARD.size()))));
        argv.addAll(HARD);

        ProcessResult result = run(shell, new LaunchPlan(environment, argv, temporary));

        List<String> expected = new ArrayList<>(HARD);
        expected.addAll(HARD);
        assertThat(result.stderr()).isEmpty();
        assertThat(result.stdout()).isEqualTo(String.join("\0", expected) + "\0");
        assertThat(temporary.resolve("pwned")).doesNotExist();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void variablesThatAShellKeepsForItselfDoNoHarm(List<String> shell) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (String name : List.of(
                "OPTIND",
                "OPTERR",
                "LINENO",
                "RANDOM",
                "SECONDS",
                "HISTCMD",
                "UID",
                "EUID",
                "PPID",
                "SHELLOPTS",
                "BASHOPTS",
                "BASH_VERSINFO",
                "BASHPID",
                "GROUPS",
                "FUNCNAME",
                "DIRSTACK",
                "PIPESTATUS",
                "IFS",
                "BASH_ALIASES",
                "BASH_CMDS",
                "BASH_ARGV0",
                "SRANDOM",
                "EPOCHSECONDS",
                "POSIXLY_CORRECT",
                "CDPATH",
                "ENV",
                "BASH_ENV",
                "PS4",
                "MAILCHECK",
                "HISTSIZE",
                "TMOUT",
                "IGNOREEOF",
                "COMP_WORDBREAKS")) {
            environment.put(name, "x y");
        }
        environment.put("AFTER", "them all");

        ProcessResult result = run(
                shell, new LaunchPlan(environment, List.of(program("#!/bin/sh\nprintf '%s' \"$AFTER\"\n")), temporary));

        assertThat(result).isEqualTo(new ProcessResult(0, "them all", ""));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void nothingElseIsInTheEnvironment(List<String> shell) {
        var plan = new LaunchPlan(
                Map.of("A", "1", "LC_ALL", "no_SUCH.locale", "SHELLOPTS", "xtrace", "UID", "0", "bad-name", "x"),
                List.of(Path.of("/usr/bin/env").toString()),
                temporary);

        ProcessResult result = run(shell, plan);

        assertThat(result.stderr()).isEmpty();
        assertThat(result.stdout().lines())
                .contains("A=1", "LC_ALL=no_SUCH.locale", "PWD=" + temporary)
                .filteredOn(line -> !line.matches("(A|LC_ALL|PWD|OLDPWD|SHLVL|_)=.*"))
                .containsExactly("TERM=of-the-caller");
    }

    @Test
    void theTerminalIsThatOfThePlaceWhereItStarts() {
        var plan = new LaunchPlan(
                Map.of("TERM", "of-the-plan", "TMUX", "of-the-plan"), List.of("/usr/bin/env"), temporary);

        ProcessResult result = run(List.of("/bin/sh"), plan);

        assertThat(result.stdout().lines()).contains("TERM=of-the-caller").noneMatch(line -> line.startsWith("TMUX"));
    }

    @Test
    void thePlanIsGoneBeforeTheProgramStarts() {
        Path file = home.session("one").resolve("plan");
        var plan = new LaunchPlan(
                Map.of(), List.of(program("#!/bin/sh\n[ -e \"$1\" ] || echo gone\n"), file.toString()), temporary);

        assertThat(run(List.of("/bin/sh"), plan).stdout()).isEqualTo("gone\n");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theProgramHasTheSamePidAndNoTraceOfThePlan() throws Exception {
        String seen = program("""
                #!/bin/sh
                echo pid $$
                ls -l /proc/$$/fd
                tr '\\0' ' ' < /proc/$$/cmdline
                """);
        var plan = new LaunchPlan(Map.of("KEY", "sk-secret"), List.of(seen), temporary);
        Path file = plan.write(home.session("one"));

        Process process =
                new ProcessBuilder(stub.argv(file)).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        assertThat(output).contains("pid " + process.pid() + "\n").contains(seen);
        assertThat(output).doesNotContain("plan").doesNotContain("deleted").doesNotContain("sk-secret");
        assertThat(output.lines().filter(line -> line.contains(" -> ")))
                .as("standard streams and the shell's own script")
                .allMatch(line -> line.matches(".* ([012] -> pipe.*|\\d+ -> " + Pattern.quote(seen) + ")"));
    }

    @Test
    void aFolderThatVanishedIsNamed() {
        ProcessResult result =
                run(List.of("/bin/sh"), new LaunchPlan(Map.of(), List.of("/bin/true"), temporary.resolve("go'ne %s")));

        assertThat(result.exitCode()).isEqualTo(66);
        assertThat(result.stderr())
                .isEqualTo("katra: cannot enter the folder \"" + temporary.resolve("go'ne %s") + "\"\n");
    }

    @Test
    void aProgramThatVanishedIsNamed() {
        ProcessResult result = run(List.of("/bin/sh"), new LaunchPlan(Map.of(), List.of("/no/claude"), temporary));

        assertThat(result.exitCode()).isEqualTo(127);
        assertThat(result.stderr()).isEqualTo("katra: cannot run \"/no/claude\"\n");
    }

    @Test
    void aPlanIsCarriedOutOnce() {
        Path file = new LaunchPlan(Map.of(), List.of("/bin/true"), temporary).write(home.session("one"));
        List<String> argv = stub.argv(file);

        assertThat(processes.run(ProcessCommand.of(argv, Map.of(), temporary)).ok())
                .isTrue();
        ProcessResult second = processes.run(ProcessCommand.of(argv, Map.of(), temporary));

        assertThat(second.exitCode()).isEqualTo(66);
        assertThat(second.stderr()).contains("is gone");
    }

    @Test
    void aFolderNamedLikeAnOptionIsEntered() throws Exception {
        Path folder = Files.createDirectory(temporary.resolve("-P"));

        ProcessResult result =
                run(List.of("/bin/sh"), new LaunchPlan(Map.of("CDPATH", "/"), List.of("/bin/pwd"), folder));

        assertThat(result.stdout()).isEqualTo(folder + "\n");
    }

    @Test
    void installingAgainRepairsTheStub() throws Exception {
        byte[] good = Files.readAllBytes(stub.path());
        Files.writeString(stub.path(), "exit 1\n");

        SessionStub.install(home);

        assertThat(stub.path()).hasBinaryContent(good);
        assertThat(stub.path().getParent()).isDirectoryNotContaining("glob:**.new");
    }

    /** Runs a plan with every shell of the way replaced by the given one. */
    private ProcessResult run(List<String> shell, LaunchPlan plan) {
        Path file = plan.write(home.session("one"));
        String script = with(shell);
        List<String> argv = new ArrayList<>(shell);
        argv.addAll(List.of(script, file.toString()));
        var environment = Map.of("PATH", "/usr/bin:/bin", "TERM", "of-the-caller", "OTHER_KEY", "sk-other");
        return processes.run(ProcessCommand.of(argv, environment, temporary));
    }

    private String with(List<String> shell) {
        try {
            String text = Files.readString(stub.path()).replace("/bin/sh /dev", String.join(" ", shell) + " /dev");
            return Files.writeString(temporary.resolve("stub"), text).toString();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private String program(String script) {
        try {
            Path file = Files.writeString(temporary.resolve("program"), script);
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"))
                    .toString();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
