package dev.katra.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.shell.testing.Program;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the entry point asks of Maven when there is no program yet; a stand-in for Maven writes it down. */
@Timeout(60)
class FirstBuildIT {

    private static final String MAVEN = """
            #!/bin/sh
            printf '%s\\n' "$@" >arguments
            printf '%s\\n' "$JAVA_HOME" >java-home
            echo '[ERROR] COMPILATION of a test'
            exit 1
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void prepare() throws Exception {
        Files.copy(Program.katra(), folder.resolve("katra"));
        Files.writeString(folder.resolve("mvnw"), MAVEN);
        for (String program : new String[] {"katra", "mvnw"}) {
            Files.setPosixFilePermissions(folder.resolve(program), PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void theChecksOfDevelopersAreLeftOut() throws Exception {
        katra();

        assertThat(folder.resolve("arguments")).content().isEqualTo("""
                -Dkatra.checks=false
                -DskipTests
                package
                """);
        assertThat(folder.resolve("java-home")).content().isEqualToIgnoringNewLines(System.getProperty("java.home"));
    }

    @Test
    void nothingOfTheChecksIsInTheBuildOutsideTheirProfile() throws Exception {
        String pom = Files.readString(Program.katra().resolveSibling("pom.xml"));
        int start = pom.indexOf("<id>checks</id>");
        int end = pom.indexOf("</profile>", start);
        assertThat(pom.substring(start, end)).contains("<value>!false</value>", "ErrorProne", "spotless", "-Xlint");

        String others = pom.substring(pom.indexOf("<build>"), start) + pom.substring(end);
        assertThat(others).doesNotContain("ErrorProne", "spotless-maven-plugin", "-Xlint", "failOnWarning");
    }

    @Test
    void aBuildThatFailsSaysWhy() throws Exception {
        assertThat(katra())
                .contains("[ERROR] COMPILATION of a test", "katra: the build failed", "target/first-build.log");
    }

    private String katra() throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(folder.resolve("katra").toString(), "version").redirectErrorStream(true);
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH", System.getenv("PATH"),
                        "HOME", folder.toString(),
                        "KATRA_JAVA_HOME", System.getProperty("java.home")));
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(5);
        return said;
    }
}
