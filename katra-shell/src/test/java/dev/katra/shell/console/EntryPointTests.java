package dev.katra.shell.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EntryPointTests {

    @TempDir
    Path root;

    @Test
    void theEntryPointIsTheOneThatBelongsToTheJars() throws IOException {
        Path jar = root.resolve("katra-shell/target/katra/lib/katra-shell.jar");
        Files.createDirectories(jar.getParent());
        assertThat(EntryPoint.of(jar)).isEmpty();
        Path script = Files.writeString(root.resolve("katra"), "#!/bin/sh\n");
        assertThat(EntryPoint.of(jar)).as("not executable").isEmpty();
        assertThat(script.toFile().setExecutable(true)).isTrue();
        assertThat(EntryPoint.of(jar)).contains(script);
        assertThat(EntryPoint.of(root.resolve("lib/katra-shell.jar"))).contains(script);
    }
}
