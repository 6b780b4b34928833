package dev.katra.shell.proof;

import java.nio.file.Files;
import java.nio.file.Path;

/** The program as the build has left it in this checkout. */
final class Program {

    private Program() {}

    /** The root of the checkout. */
    static Path root() {
        // Maven runs the tests of a module in the module's folder.
        Path root = Path.of("..").toAbsolutePath().normalize();
        if (!Files.isExecutable(root.resolve("katra")) || !Files.isDirectory(lib(root))) {
            throw new IllegalStateException("no built program in " + root + "; run ./mvnw package first");
        }
        return root;
    }

    /** The entry point that people run. */
    static Path entryPoint() {
        return root().resolve("katra");
    }

    private static Path lib(Path root) {
        return root.resolve("katra-shell/target/katra/lib");
    }
}
