package dev.katra.shell.proof;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.launcher.claude.ClaudeInstall;
import dev.katra.launcher.process.LocalProcessRunner;
import dev.katra.shell.testing.Program;
import java.nio.file.Path;
import org.opentest4j.TestAbortedException;

/** The pinned Claude Code, installed once per checkout by the product's own installer. */
final class RealClaude {

    /** The build server fails on this line. */
    private static final String SKIPPED = "SKIPPED: real Claude Code tests (npm does not reach its registry)";

    private RealClaude() {}

    /** Where it lies; aborts the tests, and says so, if npm is missing or cannot get it. */
    static synchronized Path binary() {
        KatraHome home = new KatraHome(Program.katra().resolveSibling("target/claude-code"));
        try {
            return new ClaudeInstall(home, new LocalProcessRunner())
                    .install(System.getenv())
                    .path();
        } catch (Failure e) {
            if (!e.text().startsWith("npm is not installed") && !e.text().startsWith("npm could not install")) {
                throw e;
            }
            System.out.println(SKIPPED);
            throw new TestAbortedException(SKIPPED + ": " + e.text(), e);
        }
    }
}
