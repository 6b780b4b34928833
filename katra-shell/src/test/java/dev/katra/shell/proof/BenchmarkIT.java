package dev.katra.shell.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.shell.testing.Program;
import dev.katra.shell.testing.ShortFolder;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmarks still work with this program: all their calls are answered as they must be. Nothing is said of speed. */
class BenchmarkIT {

    private static final long LIMIT_MINUTES = 15; // half a minute, on a machine that does nothing else

    @TempDir(factory = ShortFolder.class)
    Path folder;

    @Test
    @Tag("long")
    void runsEveryBenchmarkInSmall() throws Exception {
        assertThat(run("run", "--smoke"))
                .contains(
                        "bench/gateway",
                        "plain call, 1 client",
                        "bench/mcp",
                        "katra_say",
                        "katra_recall (ms)",
                        "woken 1 times",
                        "bench/recall",
                        "| DevMemBench | 7 |",
                        "1 of 1");
    }

    /** It runs in every build, because the bare server has broken unnoticed when a jar left the program. */
    @Test
    void startsTheBareServerThatKatraIsComparedWith() throws Exception {
        String out =
                run("mcp", "--parts", "ping", "--calls", "5", "--rounds", "1", "--seconds", "0.1", "--report-only");
        assertThat(out.lines()).anyMatch(line -> line.matches("\\s*bare\\s+[0-9].*"));
    }

    /** Runs a benchmark, which must succeed and leave nothing behind, and returns what it prints. */
    private String run(String... command) throws Exception {
        Program katra = new Program(folder);
        File out = folder.resolve("out").toFile();
        File err = folder.resolve("err").toFile();
        List<String> words = new ArrayList<>(List.of(command));
        words.set(0, Program.katra().resolveSibling("bench/" + command[0]).toString());
        katra.environment().put("KATRA_CACHE", "off"); // it takes longer to make than all the rest
        Process run = katra.start(new ProcessBuilder(words)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(out)
                .redirectError(err));
        try {
            assertThat(run.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)).as("ends").isTrue();
        } finally {
            run.destroy(); // it ends what it has started
            run.waitFor();
        }
        assertThat(run.exitValue()).as(Files.readString(err.toPath())).isZero();
        assertThat(folder)
                .isDirectoryNotContaining(left -> left.getFileName().toString().startsWith("kb."));
        return Files.readString(out.toPath());
    }
}
