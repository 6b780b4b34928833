package dev.katra.launcher.claude;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.launcher.process.LocalProcessRunner;
import java.nio.file.Path;
import java.util.Map;
import org.opentest4j.TestAbortedException;

/**
 * The real client of the tests: the one that {@code KATRA_TEST_CLAUDE} names, else from npm the release that {@code
 * KATRA_CLAUDE_VERSION} names, else the pinned one; all tests share it.
 */
final class TestedClient {

    /** Names the release to test against. */
    static final String VERSION = "KATRA_CLAUDE_VERSION";

    private TestedClient() {}

    /** Which release it is to be. */
    static String version() {
        String named = System.getenv().getOrDefault(VERSION, "");
        return named.isBlank() ? ClaudePackage.pinnedVersion() : named.strip();
    }

    /** Where it lies; aborts the tests, and says so, where npm does not get it. */
    static synchronized Path binary() {
        Map<String, String> environment = System.getenv();
        String named = environment.getOrDefault("KATRA_TEST_CLAUDE", "");
        if (!named.isEmpty()) {
            return Path.of(named);
        }
        ClaudePackage wanted = ClaudePackage.of(ClaudePackage.ofThisMachine().name(), version());
        try {
            KatraHome shared = new KatraHome(Path.of("..", "target", "claude-code"));
            return new ClaudeInstall(shared, new LocalProcessRunner(), wanted)
                    .install(environment)
                    .path();
        } catch (Failure e) {
            if (!environment.getOrDefault(VERSION, "").isBlank()) {
                throw e; // who names one wants it tested
            }
            System.out.println("SKIPPED: real Claude Code tests (npm does not reach its registry)");
            throw new TestAbortedException(e.text(), e);
        }
    }
}
