package dev.katra.shell.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.shell.testing.Program;
import dev.katra.shell.testing.ShortFolder;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmarks still work with this program: all their calls are answered as they must be. Nothing is said of speed. */
class BenchmarkIT {

    private static final long LIMIT_MINUTES = 6;

    @TempDir(factory = ShortFolder.class)
    Path folder;

    @Test
    @Tag("long")
    void runsEveryBenchmarkInSmall() throws Exception {
        Program katra = new Program(folder);
        File out = folder.resolve("out").toFile();
        File err = folder.resolve("err").toFile();
        Process run = katra.start(
                new ProcessBuilder(Program.katra().resolveSibling("bench/run").toString(), "--smoke")
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
        assertThat(Files.readString(out.toPath()))
                .contains(
                        "bench/gateway",
                        "plain call, 1 client",
                        "bench/mcp",
                        "katra_say",
                        "katra_recall (ms)",
                        "woken 1 times");
        assertThat(folder)
                .isDirectoryNotContaining(left -> left.getFileName().toString().startsWith("kb."));
    }
}
