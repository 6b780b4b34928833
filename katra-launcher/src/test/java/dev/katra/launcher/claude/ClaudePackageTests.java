package dev.katra.launcher.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.katra.core.failure.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaudePackageTests {

    @TempDir
    Path root;

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, claude-code-linux-x64",
        "Linux, aarch64, claude-code-linux-arm64",
        "Mac OS X, aarch64, claude-code-darwin-arm64",
        "Mac OS X, x86_64, claude-code-darwin-x64"
    })
    void everyPlatformHasItsPackage(String system, String architecture, String name) {
        assertThat(ClaudePackage.of(system, architecture, root).name()).isEqualTo("@anthropic-ai/" + name);
    }

    @Test
    void muslHasItsOwnUnlessGlibcIsThereToo() throws Exception {
        Files.createDirectories(root.resolve("lib64"));
        Files.createFile(Files.createDirectories(root.resolve("lib")).resolve("ld-musl-x86_64.so.1"));
        assertThat(ClaudePackage.of("Linux", "amd64", root).name()).endsWith("linux-x64-musl");

        Files.createFile(root.resolve("lib64/ld-linux-x86-64.so.2"));
        assertThat(ClaudePackage.of("Linux", "amd64", root).name()).endsWith("linux-x64");
    }

    @Test
    void otherPlatformsAreNamed() {
        Failure failure = catchThrowableOfType(Failure.class, () -> ClaudePackage.of("Linux", "riscv64", root));

        assertThat(failure.text()).contains("riscv64");
    }

    @Test
    void theVersionIsPinned() {
        assertThat(ClaudePackage.pinnedVersion()).matches("\\d+\\.\\d+\\.\\d+");
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64",
        "Linux, aarch64",
        "Mac OS X, aarch64",
        "Mac OS X, x86_64",
    })
    void theArchiveOfEveryPlatformIsPinned(String system, String architecture) throws Exception {
        assertThat(ClaudePackage.of(system, architecture, root).integrity()).startsWith("sha512-");
        Files.createDirectories(root.resolve("lib"));
        Files.createFile(root.resolve("lib/ld-musl-x86_64.so.1"));
        Files.createFile(root.resolve("lib/ld-musl-aarch64.so.1"));
        assertThat(ClaudePackage.of(system, architecture, root).integrity()).startsWith("sha512-");
    }

    @Test
    void ofAnotherReleaseNothingIsKnown() {
        assertThat(ClaudePackage.of("@anthropic-ai/claude-code-linux-x64", "2.1.1")
                        .integrity())
                .isNull();
    }
}
